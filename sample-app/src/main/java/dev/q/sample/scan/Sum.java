package dev.q.sample.scan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import dev.q.PermanentJobException;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.sample.files.FileFacts;
import org.jspecify.annotations.Nullable;

/**
 * Sums up a scan by what its jobs left in the store: each page names the jobs of its
 * files, and the next page. For one thread, once.
 */
final class Sum {

	private final StoredJobs stored;

	private final JobTally jobs = new JobTally();

	private final FileTally files = new FileTally();

	Sum(StoredJobs stored) {
		this.stored = stored;
	}

	/**
	 * Adds all jobs of a scan.
	 * @return false as soon as one is met that has not ended: there is no sum yet
	 * @throws PermanentJobException if there will never be one
	 */
	boolean add(ScanIds ids) {
		List<JobDetails> others = new ArrayList<>(find(Queues.SCAN, List.of(ids.scan())));
		others.addAll(find(Queues.DRILLS, List.of(ids.stumble(), ids.missingFile())));
		return addJobs(others) && addPages(ids.page(null));
	}

	ScanReport report(String root) {
		return this.files.report(root, this.jobs);
	}

	private boolean addPages(JobId first) {
		@Nullable JobId next = first;
		while (next != null) {
			List<JobDetails> found = find(Queues.SCAN, List.of(next));
			if (!addJobs(found)) {
				return false;
			}
			PageResult page = resultOf(found.get(0));
			if (!addFiles(page)) {
				return false;
			}
			next = page.next();
		}
		return true;
	}

	private boolean addFiles(PageResult page) {
		for (Map.Entry<String, List<JobId>> queue : page.files().entrySet()) {
			List<JobDetails> found = find(queue.getKey(), queue.getValue());
			if (!addJobs(found)) {
				return false;
			}
			for (JobDetails file : found) {
				// A job that died or was cancelled has left nothing.
				this.files.add(this.stored.result(file, FileFacts.class).orElse(FileFacts.UNREADABLE));
			}
		}
		this.files.addUnreadable(page.unreadable());
		return true;
	}

	private boolean addJobs(List<JobDetails> found) {
		if (!found.stream().allMatch((job) -> job.state().isTerminal())) {
			return false;
		}
		found.forEach((job) -> this.jobs.add(job.job()));
		return true;
	}

	private List<JobDetails> find(String queue, Collection<JobId> ids) {
		List<JobDetails> found = this.stored.find(queue, ids);
		if (found.size() < ids.size()) {
			throw new PermanentJobException(("%d of %d jobs of queue %s are not in the store any more, so there is no"
					+ " report. Keep more of them by q.retention.succeeded and q.retention.succeeded-per-queue")
				.formatted(ids.size() - found.size(), ids.size(), queue));
		}
		return found;
	}

	private PageResult resultOf(JobDetails page) {
		return this.stored.result(page, PageResult.class)
			.orElseThrow(() -> new PermanentJobException(
					"Page %s of the scan is %s, so there is no report".formatted(page.id(), page.state())));
	}

}
