package dev.q.test.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * All that may be done.
 */
record Steps(BothStores stores, RandomJobs jobs, Random random, WorkSteps work, UpkeepSteps upkeep,
		ScheduleSteps schedules, Looks looks) {

	static Steps of(BothStores stores, RandomJobs jobs, Random random) {
		return new Steps(stores, jobs, random, new WorkSteps(stores, jobs, random),
				new UpkeepSteps(stores, jobs, random), new ScheduleSteps(stores, jobs, random),
				new Looks(stores, jobs, random));
	}

	/** Does anything, maybe some time after the last step. */
	void take() {
		if (this.random.nextInt(3) == 0) {
			this.stores.advance(span());
		}
		take(this.random.nextInt(100));
		this.stores.disperse();
		this.looks.counts();
	}

	/** Often to the very moment when something is to happen, or to the one before. */
	private Duration span() {
		List<Instant> appointments = this.stores.appointments(this.jobs.someIds(3));
		if (!appointments.isEmpty() && this.random.nextBoolean()) {
			Duration span = Duration.between(this.stores.now(), this.jobs.oneOf(appointments));
			return this.random.nextBoolean() ? span : span.minusMillis(1);
		}
		return Duration.ofMillis(this.random.nextInt((this.random.nextInt(4) == 0) ? 4000 : 300));
	}

	private void take(int draw) {
		if (draw < 64) {
			work(draw);
		}
		else if (draw < 94) {
			upkeep(draw);
		}
		else {
			schedule(draw);
		}
	}

	private void work(int draw) {
		if (draw < 20) {
			this.work.insert();
		}
		else if (draw < 38) {
			this.work.claim();
		}
		else if (draw < 56) {
			this.work.settle();
		}
		else if (draw < 60) {
			this.work.renew();
		}
		else {
			this.looks.some();
		}
	}

	private void upkeep(int draw) {
		switch ((draw - 64) / 3) {
			case 0 -> this.upkeep.promote();
			case 1 -> this.upkeep.expire();
			case 2 -> this.upkeep.recover();
			case 3 -> this.upkeep.purge(this.work.retention());
			case 4 -> this.upkeep.cancel();
			case 5 -> this.upkeep.retry();
			case 6 -> this.upkeep.delete();
			case 7 -> this.upkeep.steer();
			case 8 -> this.upkeep.pause();
			default -> register(draw);
		}
	}

	private void register(int draw) {
		if (draw % 3 == 0) {
			this.upkeep.withdraw();
		}
		else {
			this.upkeep.announce();
		}
	}

	private void schedule(int draw) {
		switch (draw) {
			case 94, 95 -> this.schedules.save();
			case 98 -> this.schedules.halt();
			case 99 -> this.schedules.remove();
			default -> this.schedules.fire();
		}
	}

}
