package dev.q.benchmark;

/**
 * The way to the terminal.
 */
final class Report {

	private Report() {
	}

	/**
	 * Says on which machine and with which settings a program runs.
	 */
	static void head(String title) {
		Runtime machine = Runtime.getRuntime();
		line(title);
		line("machine: %d processors, heap of at most %d MiB, Java %s, %s %s".formatted(machine.availableProcessors(),
				machine.maxMemory() >> 20, Runtime.version(), System.getProperty("os.name"),
				System.getProperty("os.arch")));
		line("shipped defaults: " + Setting.defaults());
	}

	/**
	 * A remark.
	 */
	static void line(String text) {
		row("# " + text);
	}

	/**
	 * A row of a table.
	 */
	static void row(String text) {
		System.out.println(text);
	}

}
