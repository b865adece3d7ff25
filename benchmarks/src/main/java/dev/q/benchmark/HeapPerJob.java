package dev.q.benchmark;

import java.lang.management.ManagementFactory;

/**
 * How much heap a job takes while it waits, and when it is done and kept.
 *
 * @since 0.1
 */
public final class HeapPerJob {

	private HeapPerJob() {
	}

	/**
	 * Prints the table.
	 * @param args number of jobs that wait; 200 000 unless given
	 * @throws InterruptedException if somebody ends the run
	 */
	public static void main(String[] args) throws InterruptedException {
		int jobs = (args.length > 0) ? Integer.parseInt(args[0]) : 200_000;
		Setting setting = Setting.SHIPPED.withCapacity(Math.max(jobs, Setting.SHIPPED.capacity()));
		Report.head("heap of %d jobs that wait; %s".formatted(jobs, setting.deviations()));
		int kept = setting.retention().succeededPerQueue();
		// What is loaded and cached once must not be counted.
		whenDone(setting, kept);
		Report.row("%-12s %14s %14s".formatted("", "jobs", "bytes per job"));
		Report.row("%-12s %,14d %14.1f".formatted("waiting", jobs, whileWaiting(setting, jobs)));
		Report.row("%-12s %,14d %14.1f".formatted("done, kept", kept, whenDone(setting, kept)));
	}

	private static double whileWaiting(Setting setting, int jobs) {
		try (Rig rig = new Rig(setting, new Mail.Nothing())) {
			long empty = used();
			enqueue(rig, jobs);
			return (double) (used() - empty) / jobs;
		}
	}

	private static double whenDone(Setting setting, int jobs) throws InterruptedException {
		try (Rig rig = new Rig(setting, new Mail.Nothing())) {
			long empty = used();
			enqueue(rig, jobs);
			rig.start().tally().awaitSettled(jobs);
			return (double) (used() - empty) / jobs;
		}
	}

	private static void enqueue(Rig rig, int jobs) {
		for (int i = 0; i < jobs; i++) {
			rig.template().enqueue(Mail.of(i));
		}
	}

	/**
	 * What is left after all garbage has gone.
	 */
	private static long used() {
		for (int i = 0; i < 5; i++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

}
