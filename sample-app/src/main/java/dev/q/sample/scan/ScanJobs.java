package dev.q.sample.scan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.JobOutcome;
import dev.q.JobReceipt;
import dev.q.JobRejectedException;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.QueueFullException;
import dev.q.job.JobId;
import dev.q.sample.files.FoundFile;
import dev.q.sample.files.TreeWalk;

import org.springframework.stereotype.Component;

/**
 * Walks the tree and enqueues a job for each file.
 */
@Component
class ScanJobs {

	/** The type of the job that a scan is known by. */
	static final String START = "scan";

	/** Most files of a page: as many as an enqueue stores in one step. */
	static final int PAGE = 1000;

	private static final Duration UNTIL_THERE_IS_ROOM = Duration.ofMillis(50);

	private final JobTemplate jobs;

	private final OpenWalks walks;

	ScanJobs(JobTemplate jobs, OpenWalks walks) {
		this.jobs = jobs;
		this.walks = walks;
	}

	@JobHandler(value = START, queue = Queues.SCAN, maxAttempts = 5, retry = "fixed(1s)")
	void start(Scan scan, JobContext context) {
		ScanIds ids = new ScanIds(context.id());
		Path missing = scan.root().resolve("no-file-" + context.id());
		this.jobs.enqueueAll(List.of(JobRequest.of(DrillJobs.STUMBLE, null).withId(ids.stumble()),
				JobRequest.of(new MissingFile(missing)).withId(ids.missingFile()),
				JobRequest.of(new ScanPage(context.id(), scan.root(), null)).withId(ids.page(null))));
		// Last, so that it never looks for a page that is not stored yet.
		this.jobs.enqueue(JobRequest.of(new SumUp(context.id(), scan.root())).withId(ids.report()));
	}

	/**
	 * Enqueues the jobs of one page of files, and the next page.
	 * @return a {@link PageResult}, or the wish to be called again when there is room
	 */
	@JobHandler(value = "scan-page", queue = Queues.SCAN, maxAttempts = 5, retry = "fixed(1s)")
	Object page(ScanPage page, JobContext context) {
		TreeWalk walk = this.walks.take(context.id(), page);
		return page(page, context, walk, PAGE);
	}

	private Object page(ScanPage page, JobContext context, TreeWalk walk, int size) {
		TreeWalk.Piece piece = walk.next(size);
		List<JobReceipt> receipts;
		try {
			receipts = this.jobs.enqueueAll(requests(piece.files(), new ScanIds(page.scan())));
		}
		catch (JobRejectedException ex) {
			int limit = limitOfFull(ex);
			walk.putBack(piece);
			if (piece.files().size() > limit) {
				// No wait makes room for more jobs than the queue ever holds.
				return page(page, context, walk, Math.max(1, limit / 2));
			}
			this.walks.keep(context.id(), walk);
			return JobOutcome.snooze(UNTIL_THERE_IS_ROOM);
		}
		JobId next = (piece.files().size() == size) ? enqueueNext(page, piece, walk) : null;
		return new PageResult(idsByQueue(receipts), piece.unreadable(), next);
	}

	/**
	 * The least limit of the queues that are full.
	 * @throws JobRejectedException if anything else is wrong
	 */
	private static int limitOfFull(JobRejectedException refusal) {
		if (refusal instanceof QueueFullException full) {
			return full.limit();
		}
		// Files go to several queues, and more than one may be full.
		int limit = Integer.MAX_VALUE;
		for (Throwable reason : refusal.getSuppressed()) {
			if (!(reason instanceof QueueFullException full)) {
				throw refusal;
			}
			limit = Math.min(limit, full.limit());
		}
		if (limit == Integer.MAX_VALUE) {
			throw refusal;
		}
		return limit;
	}

	private JobId enqueueNext(ScanPage page, TreeWalk.Piece piece, TreeWalk walk) {
		Path last = piece.files().get(piece.files().size() - 1).path();
		JobId next = new ScanIds(page.scan()).page(last);
		this.walks.keep(next, walk);
		this.jobs.enqueue(JobRequest.of(new ScanPage(page.scan(), page.root(), last)).withId(next));
		return next;
	}

	private static List<JobRequest> requests(List<FoundFile> files, ScanIds ids) {
		return files.stream().map((file) -> {
			String queue = Queues.forFileOf(file.size());
			return JobRequest.of(new IndexFile(file.path()))
				.withId(ids.file(queue, file.path()))
				.with((options) -> options.queue(queue));
		}).toList();
	}

	private static Map<String, List<JobId>> idsByQueue(List<JobReceipt> receipts) {
		return receipts.stream()
			.collect(Collectors.groupingBy((receipt) -> receipt.queue().value(),
					Collectors.mapping(JobReceipt::id, Collectors.toList())));
	}

}
