package dev.q.sample.scan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.q.JobRejectedException;
import dev.q.JobTemplate;
import dev.q.job.JobDetails;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.ports.EngineClock;
import dev.q.store.JobStore;
import dev.q.store.QueueStats;

import org.springframework.stereotype.Component;

/**
 * Starts scans, finds them again and waits for them. Safe for use by many threads.
 *
 * @since 0.1
 */
@Component
public class Scans {

	private static final Duration REFRESH = Duration.ofMillis(200);

	private static final Duration LOOK = Duration.ofMillis(500);

	private final JobTemplate jobs;

	private final StoredJobs stored;

	private final JobStore store;

	private final EndOfScan end;

	private final EngineClock clock;

	Scans(JobTemplate jobs, StoredJobs stored, JobStore store, EndOfScan end, EngineClock clock) {
		this.jobs = jobs;
		this.stored = stored;
		this.store = store;
		this.end = end;
		this.clock = clock;
	}

	/**
	 * Starts a scan.
	 * @param root absolute path of the directory
	 * @return the scan
	 * @throws JobRejectedException if it cannot be enqueued; nothing was started then
	 */
	public JobId start(Path root) {
		return this.jobs.enqueue(new Scan(root)).id();
	}

	/**
	 * Looks for a scan.
	 * @param scan which one
	 * @return where it stands, or empty if there is no such scan in the store, or not any
	 * more
	 */
	public Optional<ScanStatus> find(JobId scan) {
		// In this order: once the start has ended, there is a report job.
		Optional<JobDetails> start = only(Queues.SCAN, scan).filter(Scans::isStart);
		Optional<JobDetails> report = only(Queues.REPORT, new ScanIds(scan).report());
		Optional<ScanStatus> failed = start.filter(Scans::hasFailed)
			.or(() -> report.filter(Scans::hasFailed))
			.map(Scans::failureOf);
		if (failed.isPresent()) {
			return failed;
		}
		if (report.isEmpty()) {
			return start.filter((job) -> !job.state().isTerminal()).map((job) -> new ScanStatus.Running());
		}
		return report.flatMap((job) -> this.stored.result(job, ScanReport.class))
			.<ScanStatus>map(ScanStatus.Done::new)
			.or(() -> Optional.of(new ScanStatus.Running()));
	}

	/**
	 * Waits until a scan does not run any more.
	 * @param scan which one
	 * @param atMost how long; zero not to wait
	 * @return where it stands then, as {@link #find} does
	 * @throws InterruptedException if the thread is interrupted; the scan goes on
	 */
	public Optional<ScanStatus> await(JobId scan, Duration atMost) throws InterruptedException {
		long deadline = this.clock.nanoTime() + atMost.toNanos();
		while (true) {
			CountDownLatch ring = this.end.next();
			Optional<ScanStatus> status = find(scan);
			long left = deadline - this.clock.nanoTime();
			if (left <= 0 || !(status.orElse(null) instanceof ScanStatus.Running)) {
				return status;
			}
			// Nothing rings here if another process runs the last job.
			ring.await(Math.min(left, LOOK.toNanos()), TimeUnit.NANOSECONDS);
		}
	}

	/**
	 * Counts the jobs of a scan. The cost grows with their number.
	 * @param scan which one
	 * @return how far it has come
	 */
	public Progress progress(JobId scan) {
		return new Headcount(this.stored).of(new ScanIds(scan));
	}

	/**
	 * Scans a directory and waits for the report.
	 * @param root absolute path of the directory
	 * @param watcher told now and then how far the jobs have come, of all scans together
	 * @return the report
	 * @throws ScanFailedException if there is none
	 * @throws InterruptedException if the thread is interrupted; the scan goes on
	 */
	public ScanReport scan(Path root, Consumer<Progress> watcher) throws InterruptedException {
		Progress before = inAllQueues();
		JobId scan = start(root);
		while (true) {
			ScanStatus status = await(scan, REFRESH).orElseThrow(() -> new ScanFailedException(
					"The report of scan %s is not in the store any more".formatted(scan)));
			if (status instanceof ScanStatus.Failed failed) {
				throw new ScanFailedException(failed.reason());
			}
			watcher.accept(inAllQueues().minus(before));
			if (status instanceof ScanStatus.Done done) {
				return done.report();
			}
		}
	}

	private Optional<JobDetails> only(String queue, JobId id) {
		return this.stored.find(queue, List.of(id)).stream().findFirst();
	}

	private static boolean isStart(JobDetails job) {
		return job.job().spec().type().value().equals(ScanJobs.START);
	}

	private static boolean hasFailed(JobDetails job) {
		return job.state().isTerminal() && job.state() != JobState.SUCCEEDED;
	}

	private static ScanStatus failureOf(JobDetails job) {
		return new ScanStatus.Failed(
				"Job %s of type %s is %s%s".formatted(job.id(), job.job().spec().type(), job.state(), reason(job)));
	}

	private static String reason(JobDetails job) {
		JobError error = job.lastError();
		return (error != null) ? ": " + error.message() : "";
	}

	/**
	 * Counts of the store rather than events: they hold what other processes do. And
	 * rather than a headcount: they cost next to nothing however large the scan is.
	 */
	private Progress inAllQueues() {
		List<QueueStats> queues = this.store.catalog()
			.queues()
			.stream()
			.filter((queue) -> Queues.ALL.contains(queue.queue().value()))
			.toList();
		return new Progress(count(queues, true), count(queues, true) + count(queues, false));
	}

	private static long count(List<QueueStats> queues, boolean ended) {
		return queues.stream()
			.flatMap((queue) -> queue.counts().entrySet().stream())
			.filter((count) -> count.getKey().isTerminal() == ended)
			.mapToLong(Map.Entry::getValue)
			.sum();
	}

}
