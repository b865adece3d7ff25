package dev.q.engine;

import java.time.Duration;
import java.util.List;

import dev.q.event.JobEvents;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.StoredResult;
import dev.q.job.WorkerId;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.Retention;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The end of the line, with a store that can be made to fail.
 */
final class Line {

	static final Execution.Ending DONE = new Execution.Ending(new Outcome.Succeeded(StoredResult.NONE), Duration.ZERO);

	static final Duration LEASE = Duration.ofSeconds(30);

	final EngineScene scene = new EngineScene();

	final StorePlan store = new StorePlan(this.scene.store.work());

	final InFlight inFlight = new InFlight();

	final Completer completer;

	final LeaseKeeper leases;

	Line() {
		Reporter reporter = new Reporter(new JobEvents(List.of(this.scene.events::add)));
		this.completer = new Completer(this.store, Retention.DEFAULT, this.inFlight, reporter, this.scene.clock);
		this.leases = new LeaseKeeper(this.store, this.inFlight, reporter, this.scene.settings(), this.scene.clock);
	}

	Execution claim() {
		return claim(JobLimits.DEFAULT);
	}

	Execution claim(JobLimits limits) {
		JobId id = this.scene.enqueue(this.scene.job("any", "x").withLimits(limits));
		ClaimedJob claimed = this.scene.store.work()
			.claim(new ClaimRequest(List.of(EngineScene.QUEUE), 1, LEASE, new WorkerId("test")))
			.jobs()
			.get(0);
		assertThat(claimed.job().id()).isEqualTo(id);
		Execution execution = new Execution(claimed, this.scene.clock.nanoTime(), this.scene.runner(),
				this.completer::submit);
		this.leases.watch(execution);
		return execution;
	}

	JobState stateOf(Execution execution) {
		return this.scene.find(execution.job().id()).state();
	}

}
