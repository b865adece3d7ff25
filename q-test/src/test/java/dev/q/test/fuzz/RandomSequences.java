package dev.q.test.fuzz;

import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.q.test.contract.StoreFixture;

/**
 * A store on a server against the one in memory: whatever is done to both in the same
 * order, both say and show the same. What is done is drawn at random; a failure names the
 * seed, and {@code -Dq.fuzz.seed=<seed>} repeats it. {@code -Dq.fuzz.sequences=<number>},
 * which the profile {@code deep} raises, says how many sequences are tried.
 */
public final class RandomSequences {

	/** How many sequences are tried. */
	public static final int USUAL = Integer.getInteger("q.fuzz.sequences", 20);

	private static final int STEPS = 120;

	private static final long FIRST_SEED = Long.getLong("q.fuzz.seed", 1);

	private RandomSequences() {
	}

	/**
	 * Tries sequences one after the other, each on a store of its own.
	 * @param number how many
	 * @param servers opens a store
	 */
	public static void run(int number, Supplier<? extends StoreFixture> servers) {
		run(number, servers, (server) -> {
		});
	}

	/**
	 * Tries sequences one after the other, each on a store of its own.
	 * @param <T> how the store is reached
	 * @param number how many
	 * @param servers opens a store
	 * @param check what must hold now and then, whatever was done
	 */
	public static <T extends StoreFixture> void run(int number, Supplier<T> servers, Consumer<T> check) {
		for (int i = 0; i < number; i++) {
			T server = servers.get();
			run(FIRST_SEED + i, server, () -> check.accept(server));
		}
	}

	private static void run(long seed, StoreFixture server, Runnable check) {
		Random random = new Random(seed);
		try (BothStores stores = new BothStores(server, "-Dq.fuzz.seed=%d -Dq.fuzz.sequences=1".formatted(seed))) {
			RandomJobs jobs = new RandomJobs(random);
			Steps steps = new Steps(new WorkSteps(stores, jobs, random), new UpkeepSteps(stores, jobs, random),
					new ScheduleSteps(stores, jobs, random), new Looks(stores, jobs, random));
			for (int i = 0; i < STEPS; i++) {
				if (random.nextInt(3) == 0) {
					stores.advance(Duration.ofMillis(random.nextInt((random.nextInt(4) == 0) ? 4000 : 300)));
				}
				steps.take(random.nextInt(100));
				steps.work().scatterHeirs();
				if (i % 10 == 9) {
					steps.looks().all();
					stores.check(check);
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

}
