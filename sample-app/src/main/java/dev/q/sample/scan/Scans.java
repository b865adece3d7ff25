package dev.q.sample.scan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import dev.q.JobTemplate;
import dev.q.job.JobDetails;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.JobStore;
import dev.q.store.QueueStats;

import org.springframework.stereotype.Component;

/**
 * Starts scans and waits for them.
 *
 * @since 0.1
 */
@Component
public class Scans {

	private static final Duration REFRESH = Duration.ofMillis(200);

	private final JobTemplate jobs;

	private final StoredJobs stored;

	private final JobStore store;

	private final EndOfScan end;

	Scans(JobTemplate jobs, StoredJobs stored, JobStore store, EndOfScan end) {
		this.jobs = jobs;
		this.stored = stored;
		this.store = store;
		this.end = end;
	}

	/**
	 * Scans a directory and waits for the report.
	 * @param root absolute path of the directory
	 * @param progress told now and then how far the scan has come
	 * @return the report
	 * @throws ScanFailedException if there is none
	 * @throws InterruptedException if the thread is interrupted; the scan goes on
	 */
	public ScanReport scan(Path root, Consumer<Progress> progress) throws InterruptedException {
		Progress before = progress();
		JobId scan = this.jobs.enqueue(new Scan(root)).id();
		Optional<ScanReport> report = Optional.empty();
		while (report.isEmpty()) {
			this.end.await(REFRESH);
			report = report(scan);
			progress.accept(progress().minus(before));
		}
		return report.get();
	}

	private Optional<ScanReport> report(JobId scan) {
		// In this order: once the start has ended, there is a report job.
		List<JobDetails> start = this.stored.find(Queues.SCAN, List.of(scan));
		List<JobDetails> report = this.stored.find(Queues.REPORT, List.of(new ScanIds(scan).report()));
		requireNoFailure(start);
		requireNoFailure(report);
		if (report.isEmpty() && start.stream().allMatch((job) -> job.state().isTerminal())) {
			throw new ScanFailedException("The report of scan %s is not in the store any more".formatted(scan));
		}
		return report.stream().findFirst().flatMap((job) -> this.stored.result(job, ScanReport.class));
	}

	private static void requireNoFailure(List<JobDetails> jobs) {
		for (JobDetails job : jobs) {
			if (job.state().isTerminal() && job.state() != JobState.SUCCEEDED) {
				throw new ScanFailedException("Job %s of type %s is %s%s".formatted(job.id(), job.job().spec().type(),
						job.state(), reason(job)));
			}
		}
	}

	private static String reason(JobDetails job) {
		JobError error = job.lastError();
		return (error != null) ? ": " + error.message() : "";
	}

	/**
	 * Counts of the store rather than events: they hold what other processes do.
	 */
	private Progress progress() {
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
