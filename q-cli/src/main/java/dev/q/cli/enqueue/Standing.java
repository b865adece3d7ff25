package dev.q.cli.enqueue;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.q.JobReceipt;
import dev.q.admin.view.JsonMap;
import dev.q.cli.output.OutputOptions;
import dev.q.cli.session.ExitCode;

/**
 * How many jobs of an input are stored, and up to which line. For use by one thread at a
 * time.
 */
final class Standing {

	private final Map<JobReceipt.Status, Integer> statuses = new EnumMap<>(JobReceipt.Status.class);

	/** All lines up to this one are stored. */
	private long done;

	/** What the store said of some of them. */
	void count(Collection<JobReceipt> receipts) {
		receipts.forEach((receipt) -> this.statuses.merge(receipt.status(), 1, Integer::sum));
	}

	void reach(long line) {
		this.done = line;
	}

	boolean isNothing() {
		return this.done == 0;
	}

	/** Up to where all is stored, for people. */
	String text() {
		return isNothing() ? "Nothing is stored"
				: "Lines 1 to %d are stored, and nothing after them".formatted(this.done);
	}

	/** The same with where to go on. */
	String goOn(String how) {
		return isNothing() ? text() : "%s: %sgo on with line %d".formatted(text(), how, this.done + 1);
	}

	/**
	 * Shows what is stored.
	 * @param output shows it
	 * @param end how it ended, if not at the end of the input
	 */
	ExitCode show(OutputOptions output, JsonMap end) {
		int jobs = this.statuses.values().stream().mapToInt(Integer::intValue).sum();
		output.show(
				new JsonMap().with("jobs", jobs)
					.with("statuses", new TreeMap<>(this.statuses))
					.with("lines", this.done)
					.withAll(end.map())
					.map(),
				() -> List.of("%d jobs%s".formatted(jobs,
						this.statuses.entrySet()
							.stream()
							.map((entry) -> ", %d %s".formatted(entry.getValue(), entry.getKey()))
							.collect(Collectors.joining()))));
		return this.statuses.containsKey(JobReceipt.Status.DUPLICATE) ? ExitCode.FAILED : ExitCode.DONE;
	}

}
