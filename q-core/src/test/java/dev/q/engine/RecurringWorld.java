package dev.q.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.q.JobRequest;
import dev.q.client.ClientSettings;
import dev.q.client.JobIds;
import dev.q.client.JobTemplates;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.ports.SharedRandom;
import dev.q.scene.EngineScene;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Schedules;
import dev.q.schedule.Tick;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.testing.ManualJobEngine;

/**
 * A scene with schedules, and a handler that notes when it is called.
 */
final class RecurringWorld {

	private static final Duration HOUR = Duration.ofHours(1);

	final EngineScene scene = new EngineScene();

	final Instant start = this.scene.clock.instant();

	final List<Instant> seen = new ArrayList<>();

	final Schedules schedules = schedulesOf(this.scene.store);

	RecurringWorld() {
		this.scene.handle("tick", (payload, context) -> this.seen.add(this.scene.clock.instant()));
	}

	ManualJobEngine engineThatLooksOnceAnHour() {
		return new ManualJobEngine(this.scene.store, this.scene.runner(), new JobEvents(List.of()),
				this.scene.settings().withIntervals(HOUR, HOUR), this.scene.clock);
	}

	List<JobId> jobsOf(String schedule) {
		return jobs(this.scene.store).stream()
			.filter((job) -> new Tick(schedule, Instant.ofEpochMilli(job.id().value().getMostSignificantBits() >>> 16))
				.id()
				.equals(job.id()))
			.map(Job::id)
			.toList();
	}

	static List<Job> jobs(JobStore store) {
		return store.catalog()
			.search(JobCatalog.Query.ALL, 1000, null)
			.items()
			.stream()
			.sorted(Comparator.comparing(Job::id))
			.toList();
	}

	static Schedules schedulesOf(JobStore store) {
		return new JobTemplates(store, HandlerRegistry.of(List.of()), JacksonPayloadCodec.standard(),
				ClientSettings.DEFAULT, new JobIds(() -> Instant.EPOCH, new SharedRandom()), new JobEvents(List.of()))
			.schedules(() -> {
			});
	}

	static ScheduleRequest every(String name, Duration span) {
		return ScheduleRequest.every(name, span, job());
	}

	static ScheduleRequest cron(String name, String text) {
		return ScheduleRequest.cron(name, text, job());
	}

	static JobRequest job() {
		return job("tick");
	}

	static JobRequest job(String type) {
		return JobRequest.of(type, "x").with((o) -> o.queue(EngineScene.QUEUE.value()));
	}

}
