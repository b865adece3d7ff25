package dev.q.sample.scan;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.q.job.JobDetails;
import dev.q.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * Counts the jobs of one scan that are in the store, page by page, but for the report.
 * For one thread, once.
 */
final class Headcount {

	private final StoredJobs stored;

	private long ended;

	private long known;

	Headcount(StoredJobs stored) {
		this.stored = stored;
	}

	Progress of(ScanIds ids) {
		add(Queues.SCAN, List.of(ids.scan()));
		add(Queues.DRILLS, List.of(ids.stumble(), ids.missingFile()));
		@Nullable JobId next = ids.page(null);
		while (next != null) {
			next = page(next).map(PageResult::next).orElse(null);
		}
		return new Progress(this.ended, this.known);
	}

	private Optional<PageResult> page(JobId id) {
		Optional<PageResult> page = add(Queues.SCAN, List.of(id)).stream()
			.findFirst()
			.flatMap((job) -> this.stored.result(job, PageResult.class));
		page.map(PageResult::files).orElse(Map.of()).forEach(this::add);
		return page;
	}

	private List<JobDetails> add(String queue, Collection<JobId> ids) {
		List<JobDetails> found = this.stored.find(queue, ids);
		this.known += found.size();
		this.ended += found.stream().filter((job) -> job.state().isTerminal()).count();
		return found;
	}

}
