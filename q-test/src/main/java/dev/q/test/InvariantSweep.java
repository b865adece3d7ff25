package dev.q.test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.JobWalk;
import dev.q.store.QueueStats;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must hold at every moment, whatever has happened, as far as it can be seen from
 * outside: the store agrees with itself.
 *
 * @since 0.1
 */
public final class InvariantSweep {

	private static final int PAGE = 1000;

	private final JobStore store;

	private final Instant now;

	/**
	 * Prepares a look at a store.
	 * @param store the store, which nobody else uses for the moment
	 * @param now what its clock shows
	 */
	public InvariantSweep(JobStore store, Instant now) {
		this.store = store;
		this.now = now;
	}

	/**
	 * Looks at all jobs of the store.
	 * @throws AssertionError if the store contradicts itself
	 */
	public void check() {
		List<Job> jobs = search();
		countsAgreeWithSearch(jobs);
		readyJobsStandInTheirQueue(jobs);
		keysAreHeldOnce(jobs);
		jobs.stream().map(Job::id).map(this::detailsOf).forEach(this::check);
	}

	private List<Job> search() {
		List<Job> jobs = new ArrayList<>();
		Set<JobId> ids = new HashSet<>();
		JobWalk walk = this.store.catalog().walk(JobCatalog.Query.ALL);
		String cursor = null;
		do {
			JobCatalog.Page<Job> page = walk.page(PAGE, cursor);
			jobs.addAll(page.items());
			cursor = page.next();
		}
		while (cursor != null);
		jobs.forEach((job) -> assertThat(ids.add(job.id())).as("%s is in one place only", job.id()).isTrue());
		return jobs;
	}

	private void countsAgreeWithSearch(List<Job> jobs) {
		for (QueueStats stats : this.store.catalog().queues()) {
			Map<JobState, Long> found = jobs.stream()
				.filter((job) -> job.spec().queue().equals(stats.queue()))
				.collect(Collectors.groupingBy(Job::state, Collectors.counting()));
			for (JobState state : JobState.values()) {
				assertThat(stats.count(state)).as("count of %s in %s", state, stats.queue())
					.isEqualTo(found.getOrDefault(state, 0L));
			}
		}
		assertThat(this.store.catalog().queues()).extracting(QueueStats::queue)
			.as("every queue that has jobs is counted")
			.containsAll(jobs.stream().map((job) -> job.spec().queue()).collect(Collectors.toSet()));
	}

	private void readyJobsStandInTheirQueue(List<Job> jobs) {
		Map<QueueName, Set<JobId>> ready = jobs.stream()
			.filter((job) -> job.state() == JobState.READY)
			.collect(Collectors.groupingBy((job) -> job.spec().queue(),
					Collectors.mapping(Job::id, Collectors.toSet())));
		for (QueueStats stats : this.store.catalog().queues()) {
			List<Job> line = this.store.catalog().peek(stats.queue(), Integer.MAX_VALUE, JobCatalog.End.OLDEST);
			assertThat(line).extracting(Job::id)
				.as("the jobs that stand ready in %s", stats.queue())
				.doesNotHaveDuplicates()
				.containsExactlyInAnyOrderElementsOf(ready.getOrDefault(stats.queue(), Set.of()));
		}
	}

	private void keysAreHeldOnce(List<Job> jobs) {
		assertThat(byKey(jobs, InvariantSweep::holdsItsKey)).as("jobs that hold each unique key")
			.allMatch((count) -> count == 1);
		assertThat(byKey(jobs, (job) -> job.state() == JobState.BLOCKED)).as("jobs that wait for each unique key")
			.allMatch((count) -> count == 1);
	}

	private static Collection<Long> byKey(List<Job> jobs, Predicate<Job> filter) {
		return jobs.stream()
			.filter((job) -> job.spec().unique() != null && filter.test(job))
			.map((job) -> List.of(job.spec().queue(), job.spec().unique().value()))
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
			.values();
	}

	/** As far as it can be told from the job alone: windows are over some time. */
	private static boolean holdsItsKey(Job job) {
		UniqueKey.Scope scope = Objects.requireNonNull(job.spec().unique()).scope();
		if (scope instanceof UniqueKey.Scope.Window || job.state() == JobState.BLOCKED) {
			return false;
		}
		if (scope instanceof UniqueKey.Scope.Pending) {
			return !job.state().isTerminal() && job.counters().deliveries() == 0;
		}
		return !job.state().isTerminal()
				|| (job.state() == JobState.DEAD && scope instanceof UniqueKey.Scope.UntilSuccess);
	}

	private JobDetails detailsOf(JobId id) {
		List<JobDetails> found = this.store.catalog().find(List.of(id));
		assertThat(found).as("details of %s", id).hasSize(1);
		return found.get(0);
	}

	private void check(JobDetails details) {
		Job job = details.job();
		boolean runs = job.state() == JobState.RUNNING;
		assertThat(details.worker() != null).as("a worker of %s", job).isEqualTo(runs);
		assertThat(details.leasedUntil() != null).as("a lease of %s", job).isEqualTo(runs);
		assertThat(job.times().finishedAt() != null).as("an end of %s", job).isEqualTo(job.state().isTerminal());
		assertThat(details.deadReason() != null).as("a reason of death of %s", job)
			.isEqualTo(job.state() == JobState.DEAD);
		if (runs) {
			assertThat(job.counters().deliveries()).as("deliveries of %s", job).isPositive();
			assertThat(job.times().startedAt()).as("a start of %s", job).isNotNull();
		}
		if (job.state() == JobState.READY) {
			assertThat(job.times().runAt()).as("due time of %s", job).isBeforeOrEqualTo(this.now);
		}
		JobLimits limits = job.spec().limits();
		JobCounters counters = job.counters();
		assertThat(counters.deliveries()).as("deliveries of %s", job)
			.isLessThanOrEqualTo(limits.maxAttempts() + limits.maxCrashes() + counters.nacks() + counters.releases());
	}

}
