package dev.q.test.scene;

import java.time.Duration;

import dev.q.job.JobCounters;
import dev.q.job.JobDetails;
import dev.q.job.JobState;
import dev.q.ports.SystemClock;
import dev.q.store.JobStore;
import dev.q.test.InvariantSweep;
import dev.q.test.server.Patience;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is left of a load.
 *
 * @param load what was done
 * @param store what is left
 */
record Aftermath(Load load, JobStore store) {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/**
	 * Ends the producers, and waits until all jobs are done.
	 */
	void drain() {
		this.load.stop();
		Jobs jobs = new Jobs(this.store);
		Patience.until("all jobs are done", PATIENCE, () -> jobs.count(JobState.READY) == 0
				&& jobs.count(JobState.RUNNING) == 0 && jobs.count(JobState.RETRYING) == 0);
	}

	/**
	 * Drains, and makes sure that what was acknowledged was done, and no more than that.
	 * @param forgotten how often a job may have been run without a count at most
	 */
	void assertNothingIsLost(int forgotten) {
		drain();
		Jobs jobs = new Jobs(this.store);
		assertThat(this.load.runs().keySet()).containsAll(this.load.acknowledged().keySet());
		assertThat(jobs.find(this.load.acknowledged().keySet())).hasSameSizeAs(this.load.acknowledged().keySet())
			.extracting(JobDetails::state)
			.containsOnly(JobState.SUCCEEDED);
		assertThat(this.load.runAfterSettled()).isEmpty();
		for (JobDetails details : jobs.find(this.load.runs().keySet())) {
			JobCounters counters = details.job().counters();
			assertThat(counters.failures()).as("failures of %s", details).isZero();
			assertThat(this.load.runs().get(details.id())).as("runs of %s", details)
				.isLessThanOrEqualTo(1 + counters.crashes() + counters.releases() + forgotten);
		}
		new InvariantSweep(this.store, new SystemClock().instant()).check();
	}

}
