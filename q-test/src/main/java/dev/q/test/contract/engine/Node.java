package dev.q.test.contract.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.admin.JobAdmin;
import dev.q.client.JobIds;
import dev.q.client.JobTemplates;
import dev.q.engine.EnginePorts;
import dev.q.engine.EngineSettings;
import dev.q.engine.JobEngine;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.loop.PlatformThreads;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;
import dev.q.schedule.Schedules;
import dev.q.store.JobStore;
import dev.q.testing.ManualJobEngine;
import dev.q.testing.VirtualClock;

/**
 * An application in one process, with a client of the store of its own. It hears of what
 * its own template and engine do.
 */
final class Node implements AutoCloseable {

	/** So often an engine on threads looks, since no clock tells it what time it is. */
	private static final Duration OFTEN = Duration.ofMillis(10);

	private final Application app;

	private final JobStore store;

	private final BlockingQueue<JobEvent> heard = new LinkedBlockingQueue<>();

	private final JobEvents events;

	private final JobTemplates templates;

	private final JobTemplate jobs;

	Node(Application app, JobStore store, VirtualClock clock) {
		this.app = app;
		this.store = store;
		this.events = new JobEvents(List.of(this.heard::add), app.ofFailures());
		this.templates = new JobTemplates(store, app.registry(), app.codec(), app.client(),
				new JobIds(clock, new SharedRandom()), this.events);
		this.jobs = this.templates.template();
	}

	JobStore store() {
		return this.store;
	}

	JobTemplate jobs() {
		return this.jobs;
	}

	/** Enqueues a job of the queue that is worked. */
	JobReceipt enqueue(String type, String payload) {
		return this.jobs.enqueue(request(type, payload));
	}

	/** Asks for a job of the queue that is worked. */
	static JobRequest request(String type, String payload) {
		return JobRequest.of(type, payload).with((options) -> options.queue(Application.QUEUE.value()));
	}

	Schedules schedules() {
		return this.templates.schedules(() -> {
		});
	}

	JobAdmin admin() {
		return new JobAdmin(this.store);
	}

	/** What has happened here so far, or will. */
	BlockingQueue<JobEvent> heard() {
		return this.heard;
	}

	/** What has happened here so far, by the names of the events. */
	List<String> heardNames() {
		return this.heard.stream().map((event) -> event.getClass().getSimpleName()).toList();
	}

	ManualJobEngine byHand(VirtualClock clock) {
		return new ManualJobEngine(this.store, this.app.runner(clock), this.events, this.app.settings(), clock);
	}

	JobEngine onThreads() {
		return onThreads(OFTEN);
	}

	JobEngine onThreads(Duration betweenLooks) {
		SystemClock clock = new SystemClock();
		EngineSettings settings = this.app.settings().withIntervals(betweenLooks, betweenLooks);
		return new JobEngine(this.store, this.app.runner(clock), this.events, settings,
				new EnginePorts(clock, new PlatformThreads(), new SharedRandom()));
	}

	@Override
	public void close() {
		this.templates.close();
	}

}
