package dev.q.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.q.event.JobEvent;
import dev.q.event.JobEvent.RefusalReason;
import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.Outcome;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.job.StoredResult;
import dev.q.job.TypeName;
import dev.q.scene.EngineScene;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JobMetersTests {

	private static final JobError ERROR = JobError.of(new IllegalStateException("drill"));

	private static final Duration TOOK = Duration.ofMillis(300);

	private final EngineScene scene = new EngineScene();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final JobMeters meters = new JobMeters(this.registry,
			new TagValues((type) -> type.value().startsWith("known")));

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void aJobThatSucceedsIsTimedFromItsDueTimeToItsEnd() {
		Job job = job("known", Duration.ofSeconds(2));

		this.meters.onEvent(new JobEvent.Started(job));
		this.meters.onEvent(new JobEvent.Succeeded(job, StoredResult.NONE, TOOK));

		assertThat(seconds("q.job.wait", "handler", "known")).isEqualTo(2);
		assertThat(seconds("q.job.execution", "outcome", "succeeded")).isEqualTo(0.3);
		assertThat(seconds("q.job.e2e", "outcome", "succeeded")).isEqualTo(2.3);
	}

	@Test
	void attemptsThatEndOtherwiseAreCountedAndTimedByTheirOutcome() {
		Job job = job("known", Duration.ZERO);

		this.meters.onEvent(new JobEvent.Retried(job, TOOK, ERROR, TOOK));
		this.meters.onEvent(new JobEvent.Died(job, DeadReason.EXHAUSTED, ERROR, TOOK));
		this.meters.onEvent(new JobEvent.Cancelled(job, "drill", TOOK));
		this.meters.onEvent(new JobEvent.Released(job, ReleaseReason.SNOOZE, TOOK, TOOK));

		assertThat(count("q.jobs.retried")).isOne();
		assertThat(count("q.jobs.dead", "reason", "exhausted")).isOne();
		assertThat(count("q.jobs.cancelled")).isOne();
		assertThat(count("q.jobs.released", "reason", "snooze")).isOne();
		assertThat(List.of("retried", "dead", "cancelled", "released"))
			.allMatch((outcome) -> seconds("q.job.execution", "outcome", outcome) == 0.3);
		assertThat(this.registry.find("q.job.e2e").timers()).hasSize(2);
	}

	@Test
	void aJobWhoseWorkerWasLostHasNoExecutionTime() {
		this.meters.onEvent(new JobEvent.Died(job("known", Duration.ZERO), DeadReason.CRASHED, ERROR, null));

		assertThat(count("q.jobs.dead", "reason", "crashed")).isOne();
		assertThat(this.registry.find("q.job.execution").timers()).isEmpty();
	}

	@Test
	void aJobThatWasCancelledFromOutsideIsCountedAndTimesNothing() {
		this.meters.onEvent(new JobEvent.Cancelled(job("known", Duration.ZERO), "drill", null));

		assertThat(count("q.jobs.cancelled", "handler", "known")).isOne();
		assertThat(this.registry.find("q.job.execution").timers()).isEmpty();
		assertThat(this.registry.find("q.job.e2e").timers()).isEmpty();
	}

	@Test
	void refusalsRecoveriesAndLossesAreCounted() {
		everyEvent().forEach(this.meters::onEvent);

		assertThat(List.of("enqueued", "deduplicated", "not.replicated", "not.stored", "expired", "recovered",
				"lease.lost", "stale", "abandoned"))
			.allMatch((name) -> count("q.jobs." + name) == 1);
		assertThat(count("q.jobs.refused", "reason", "full")).isOne();
		assertThat(count("q.jobs.refused", "reason", "paused")).isOne();
	}

	@Test
	void everyMeterIsOneOfTheEnumWithItsTags() {
		everyEvent().forEach(this.meters::onEvent);

		assertThat(this.registry.getMeters()).isNotEmpty().allSatisfy((meter) -> {
			QMeters documented = documented(meter);
			assertThat(meter.getId().getType()).isEqualTo(documented.getType());
			assertThat(meter.getId().getTags()).extracting(Tag::getKey)
				.containsExactlyInAnyOrderElementsOf(documented.tags().stream().map(KeyName::asString).toList());
			assertThat(meter.getId().getDescription()).isEqualTo(documented.meaning());
		});
	}

	@Test
	void typesThatNobodyKnowsShareOneValue() {
		for (int i = 0; i < 1000; i++) {
			this.meters.onEvent(enqueued("q", "type" + i));
		}

		assertThat(count("q.jobs.enqueued", "handler", "unknown")).isEqualTo(1000);
		assertThat(this.registry.getMeters()).hasSize(1);
	}

	@Test
	void queuesBeyondTheFirstHundredShareOneValue() {
		for (int i = 0; i < 1000; i++) {
			this.meters.onEvent(enqueued("tenant-" + i, "known"));
		}

		assertThat(this.registry.getMeters()).hasSize(TagValues.MOST_QUEUES + 1);
		assertThat(count("q.jobs.enqueued", "queue", "tenant-0")).isOne();
		assertThat(count("q.jobs.enqueued", "queue", "other")).isEqualTo(1000 - TagValues.MOST_QUEUES);
	}

	private List<JobEvent> everyEvent() {
		Job job = job("known", Duration.ZERO);
		return List.of(enqueued("work", "known"), new JobEvent.Deduplicated(job.id(), job.spec(), job.id()),
				new JobEvent.Refused(job.id(), job.spec(), RefusalReason.FULL),
				new JobEvent.Refused(job.id(), job.spec(), RefusalReason.PAUSED),
				new JobEvent.NotReplicated(job.id(), job.spec()), new JobEvent.NotStored(job.id(), job.spec(), "drill"),
				new JobEvent.Started(job), new JobEvent.Succeeded(job, StoredResult.NONE, TOOK),
				new JobEvent.Retried(job, TOOK, ERROR, TOOK), new JobEvent.Died(job, DeadReason.LOST, ERROR, null),
				new JobEvent.Cancelled(job, "drill", TOOK),
				new JobEvent.Released(job, ReleaseReason.NO_HANDLER, TOOK, null), new JobEvent.LeaseLost(job),
				new JobEvent.Stale(job, new Outcome.Succeeded(StoredResult.NONE)), new JobEvent.Abandoned(job),
				new JobEvent.Recovered(job), new JobEvent.Expired(job));
	}

	private static JobEvent enqueued(String queue, String type) {
		JobSpec spec = JobSpec.of(new QueueName(queue), new TypeName(type), Payload.EMPTY);
		return new JobEvent.Enqueued(JobId.timeOrdered(Instant.EPOCH, 1, 2), spec);
	}

	/**
	 * A job that was claimed when it had been due for a while.
	 */
	private Job job(String type, Duration waited) {
		JobId id = this.scene.enqueue(type, "x");
		this.scene.clock.advance(waited);
		Job ready = this.scene.find(id).job();
		return new Job(ready.id(), ready.spec(), ready.state(), ready.counters(),
				ready.times().started(this.scene.clock.instant()));
	}

	private double count(String name, String... tags) {
		return this.registry.get(name).tags(tags).counter().count();
	}

	private double seconds(String name, String... tags) {
		Timer timer = this.registry.get(name).tags(tags).timer();
		assertThat(timer.count()).isOne();
		return timer.totalTime(TimeUnit.MILLISECONDS) / 1000;
	}

	private static QMeters documented(Meter meter) {
		return List.of(QMeters.values())
			.stream()
			.filter((each) -> each.getName().equals(meter.getId().getName()))
			.findFirst()
			.orElseThrow();
	}

}
