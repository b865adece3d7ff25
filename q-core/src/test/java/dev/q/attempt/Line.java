package dev.q.attempt;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.StoredResult;
import dev.q.scene.EngineScene;
import dev.q.scene.StorePlan;

/**
 * The end of the line, with a store that can be made to fail.
 */
final class Line {

	static final Execution.Ending DONE = new Execution.Ending(new Outcome.Succeeded(StoredResult.NONE), Duration.ZERO);

	static final Duration LEASE = Duration.ofSeconds(30);

	final EngineScene scene = new EngineScene();

	final StorePlan store = new StorePlan(this.scene.store.work());

	final JobsInHand jobs = this.scene.jobsIn(this.store);

	final Completer completer = this.jobs.completer();

	final LeaseKeeper leases = this.jobs.watch().leases();

	final Deadlines deadlines = this.jobs.watch().deadlines();

	final AtomicInteger abandoned = new AtomicInteger();

	Execution claim() {
		return claim(JobLimits.DEFAULT);
	}

	Execution claim(JobLimits limits) {
		return claim(this.scene.job("any", "x").withLimits(limits));
	}

	Execution claim(JobSpec spec) {
		return this.jobs.take(this.scene.claim(spec), this.scene.clock.nanoTime(), this.abandoned::incrementAndGet);
	}

	JobState stateOf(Execution execution) {
		return this.scene.find(execution.job().id()).state();
	}

}
