package dev.q.client.result;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.JobWalk;
import dev.q.store.QueueStats;
import org.jspecify.annotations.Nullable;

/**
 * Deletes what is kept of jobs that have ended, in pieces.
 */
final class ResultRemoval {

	/** Most jobs of a step: the store answers with all that was known of each. */
	private static final int PIECE = 100;

	private static final Set<JobState> ENDS = EnumSet.of(JobState.SUCCEEDED, JobState.DEAD, JobState.CANCELLED,
			JobState.EXPIRED);

	private final JobStore store;

	ResultRemoval(JobStore store) {
		this.store = store;
	}

	int clear(Collection<JobId> ids) {
		List<JobId> wanted = List.copyOf(new LinkedHashSet<>(ids));
		int cleared = 0;
		for (int from = 0; from < wanted.size(); from += PIECE) {
			cleared += clearPiece(wanted.subList(from, Math.min(from + PIECE, wanted.size())));
		}
		return cleared;
	}

	private int clearPiece(List<JobId> ids) {
		Map<QueueName, List<JobId>> queues = this.store.catalog()
			.find(ids)
			.stream()
			.filter((details) -> details.state().isTerminal())
			.collect(Collectors.groupingBy((details) -> details.job().spec().queue(),
					Collectors.mapping((details) -> details.id(), Collectors.toList())));
		return queues.entrySet().stream().mapToInt((entry) -> forget(entry.getKey(), entry.getValue())).sum();
	}

	int clear(QueueName queue) {
		JobWalk ended = this.store.catalog().walk(new JobCatalog.Query(ENDS, queue, null));
		int cleared = 0;
		@Nullable String cursor = null;
		do {
			JobCatalog.Page<Job> page = ended.page(PIECE, cursor);
			List<JobId> ids = new ArrayList<>(page.items().stream().map(Job::id).toList());
			cleared += ids.isEmpty() ? 0 : forget(queue, ids);
			cursor = page.next();
		}
		while (cursor != null);
		return cleared;
	}

	int clear() {
		return this.store.catalog().queues().stream().map(QueueStats::queue).mapToInt(this::clear).sum();
	}

	private int forget(QueueName queue, List<JobId> ids) {
		return this.store.control().forget(queue, ids).size();
	}

}
