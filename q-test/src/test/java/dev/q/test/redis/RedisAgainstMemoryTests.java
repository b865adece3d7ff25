package dev.q.test.redis;

import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;

/**
 * Redis against memory: whatever is done to both in the same order, both say and show the
 * same. What is done is drawn at random; a failure names the seed, and
 * {@code -Dq.fuzz.seed=<seed>} repeats it. {@code -Dq.fuzz.sequences=<number>}, which the
 * profile {@code deep} raises, says how many sequences are tried.
 */
class RedisAgainstMemoryTests {

	private static final int STEPS = 120;

	private static final int SEQUENCES = Integer.getInteger("q.fuzz.sequences", 20);

	private static final long FIRST_SEED = Long.getLong("q.fuzz.seed", 1);

	@Test
	void oneServerDoesWhatMemoryDoes() {
		for (int i = 0; i < SEQUENCES; i++) {
			run(RedisTarget.shared(), FIRST_SEED + i);
		}
	}

	@Test
	void aClusterDoesWhatMemoryDoes() {
		int sequences = Math.max(1, SEQUENCES / 10);
		for (int i = 0; i < sequences; i++) {
			run(RedisTarget.cluster(), FIRST_SEED + i);
		}
	}

	private static void run(RedisTarget target, long seed) {
		Random random = new Random(seed);
		try (BothStores stores = new BothStores(target, "-Dq.fuzz.seed=%d -Dq.fuzz.sequences=1".formatted(seed))) {
			RandomJobs jobs = new RandomJobs(random);
			Steps steps = new Steps(new WorkSteps(stores, jobs, random), new UpkeepSteps(stores, jobs, random),
					new ScheduleSteps(stores, jobs, random), new Looks(stores, jobs, random));
			for (int i = 0; i < STEPS; i++) {
				if (random.nextInt(3) == 0) {
					stores.advance(Duration.ofMillis(random.nextInt((random.nextInt(4) == 0) ? 4000 : 300)));
				}
				steps.take(random.nextInt(100));
				if (i % 10 == 9) {
					steps.looks().all();
				}
			}
		}
	}

	/**
	 * All that may be done.
	 */
	private record Steps(WorkSteps work, UpkeepSteps upkeep, ScheduleSteps schedules, Looks looks) {

		void take(int draw) {
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
				case 7 -> this.upkeep.reschedule();
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
				case 99 -> this.schedules.remove();
				default -> this.schedules.fire();
			}
		}

	}

}
