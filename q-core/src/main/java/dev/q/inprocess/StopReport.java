package dev.q.inprocess;

import java.util.List;

/**
 * What a stop of a {@link RunnableQueue} left undone.
 *
 * @param dropped tasks that will never start, in order of their arrival
 * @param stillRunning tasks that went on in spite of an interrupt. Each keeps its place:
 * a queue that is started again has one less until the task has ended
 * @since 0.1
 */
public record StopReport(List<TaskId<?>> dropped, List<TaskId<?>> stillRunning) {

	/**
	 * Copies the lists.
	 */
	public StopReport {
		dropped = List.copyOf(dropped);
		stillRunning = List.copyOf(stillRunning);
	}

	/**
	 * Whether all tasks have come to their end.
	 * @return false if something was dropped or still runs
	 */
	public boolean isClean() {
		return this.dropped.isEmpty() && this.stillRunning.isEmpty();
	}

}
