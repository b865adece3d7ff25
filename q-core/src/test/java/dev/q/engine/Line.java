package dev.q.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.event.JobEvents;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
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

	final Deadlines deadlines;

	final Slots slots = new Slots(2);

	final List<Runnable> threads = new ArrayList<>();

	final AtomicInteger abandoned = new AtomicInteger();

	final Dispatcher dispatcher;

	Line() {
		WorkerId worker = new WorkerId("test");
		Reporter reporter = new Reporter(worker, new JobEvents(List.of(this.scene.events::add)));
		EngineSettings settings = this.scene.settings();
		this.completer = new Completer(this.store, Retention.DEFAULT, this.inFlight, reporter, this.scene.clock);
		this.leases = new LeaseKeeper(this.store, this.inFlight, reporter, settings, this.scene.clock);
		this.deadlines = new Deadlines(this.inFlight, reporter, settings.timeoutGrace(), this.scene.clock);
		Services services = new Services(worker, this.scene.runner(), this.completer,
				new Watch(this.leases, this.deadlines), reporter);
		HandDrivenPool pool = new HandDrivenPool(this.threads::add);
		this.dispatcher = new Dispatcher(this.slots, pool,
				new AbandonedThreads(this.slots, pool, new AbandonedThreads.OfWorker(this.abandoned, 1)), services);
	}

	Execution claim() {
		return claim(JobLimits.DEFAULT);
	}

	Execution claim(JobLimits limits) {
		return claim(this.scene.job("any", "x").withLimits(limits));
	}

	Execution claim(JobSpec spec) {
		Execution execution = new Execution(claimed(spec), this.scene.clock.nanoTime(), this.scene.runner(),
				this.dispatcher);
		this.leases.watch(execution);
		return execution;
	}

	ClaimedJob claimed(JobSpec spec) {
		JobId id = this.scene.enqueue(spec);
		ClaimedJob claimed = this.scene.store.work()
			.claim(new ClaimRequest(List.of(EngineScene.QUEUE), 1, LEASE, new WorkerId("test")))
			.jobs()
			.get(0);
		assertThat(claimed.job().id()).isEqualTo(id);
		return claimed;
	}

	JobState stateOf(Execution execution) {
		return this.scene.find(execution.job().id()).state();
	}

}
