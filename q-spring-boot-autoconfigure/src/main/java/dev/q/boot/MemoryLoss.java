package dev.q.boot;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.q.job.JobState;
import dev.q.store.JobStore;
import dev.q.store.QueueStats;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what is lost with a store in memory: at the start that it will be, at the end how
 * much it was. By then the worker has stopped, and what it handed back is counted.
 */
final class MemoryLoss {

	private static final Logger logger = LoggerFactory.getLogger(MemoryLoss.class);

	private final JobStore store;

	MemoryLoss(JobStore store) {
		this.store = store;
	}

	void announce() {
		logger.warn("Jobs are kept in the memory of this process: those that have not ended when it ends are lost, and"
				+ " counted in its log then. If that is as it should be, set q.memory.warn-of-loss=false, or run"
				+ " with profile dev, test or local");
	}

	void report() {
		List<QueueStats> queues = this.store.catalog()
			.queues()
			.stream()
			.filter((queue) -> unfinished(queue) > 0)
			.toList();
		if (!queues.isEmpty()) {
			logger.warn("{} jobs had not ended, and are lost with the memory of this process: {}",
					queues.stream().mapToLong(MemoryLoss::unfinished).sum(),
					queues.stream().map(MemoryLoss::text).collect(Collectors.joining("; ")));
		}
	}

	private static long unfinished(QueueStats queue) {
		return queue.counts()
			.entrySet()
			.stream()
			.filter((count) -> !count.getKey().isTerminal())
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

	private static String text(QueueStats queue) {
		return Arrays.stream(JobState.values())
			.filter((state) -> !state.isTerminal() && queue.count(state) > 0)
			.map((state) -> "%d %s".formatted(queue.count(state), state))
			.collect(Collectors.joining(", ", "queue %s: ".formatted(queue.queue()), ""));
	}

}
