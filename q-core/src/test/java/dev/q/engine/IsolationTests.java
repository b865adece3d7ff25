package dev.q.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.q.PermanentJobException;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.job.DeadReason;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobState;
import dev.q.job.StoredResult;
import dev.q.scene.EngineScene;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes wrong with one job hurts no other, and leaves no slot taken.
 */
class IsolationTests {

	private final EngineScene scene = new EngineScene();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void anErrorWhileAPayloadIsReadIsAFailedAttempt() {
		this.scene.handle("explosive", Explosive.class, (payload, context) -> null)
			.handle("fine", (payload, context) -> null);
		JobId bad = this.scene.enqueue("explosive", Map.of("text", "x"));
		JobId good = this.scene.enqueue("fine", "x");

		try (ManualJobEngine engine = engine(new JobEvents(List.of()))) {
			engine.runDueJobs();
		}

		assertThat(this.scene.find(bad).state()).isIn(JobState.RETRYING, JobState.DEAD);
		assertThat(this.scene.find(bad).lastError()).isNotNull();
		assertThat(this.scene.find(good).state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void anErrorWhileAPayloadIsReadEndsTheJobAtItsLastAttempt() {
		this.scene.handle("explosive", Explosive.class, (payload, context) -> null);
		JobId id = this.scene
			.enqueue(this.scene.job("explosive", Map.of("text", "x")).withLimits(JobLimits.DEFAULT.withMaxAttempts(1)));

		try (ManualJobEngine engine = engine(new JobEvents(List.of()))) {
			engine.runDueJobs();
		}

		assertThat(this.scene.find(id).deadReason()).isIn(DeadReason.EXHAUSTED, DeadReason.UNDECODABLE);
	}

	@Test
	void listenersHearOfEachFailureAlsoOfAnError() {
		this.scene.handle("broken", (payload, context) -> {
			throw new AssertionError("drill");
		});
		this.scene.handle("refusing", (payload, context) -> {
			throw new PermanentJobException("never");
		});
		this.scene.enqueue("broken", "x");
		this.scene.enqueue("refusing", "x");

		try (ManualJobEngine engine = this.scene.engine()) {
			engine.runDueJobs();
		}

		assertThat(this.scene.events).filteredOn((event) -> !(event instanceof JobEvent.Started))
			.hasExactlyElementsOfTypes(JobEvent.Retried.class, JobEvent.Died.class);
	}

	@Test
	void aResultThatCannotBeEncodedDoesNotUndoTheWork() {
		this.scene.handle("odd", (payload, context) -> new Unwritable());
		JobId id = this.scene.enqueue("odd", "x");

		try (ManualJobEngine engine = engine(new JobEvents(List.of()))) {
			engine.runDueJobs();
		}

		JobDetails job = this.scene.find(id);
		assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(job.result()).isInstanceOf(StoredResult.Omitted.class);
		assertThat(job.job().counters().deliveries()).isOne();
	}

	@Test
	void aListenerThatThrowsErrorsDisturbsNoJob() {
		this.scene.handle("fine", (payload, context) -> null);
		JobId first = this.scene.enqueue("fine", "x");
		JobId second = this.scene.enqueue("fine", "x");

		try (ManualJobEngine engine = engine(new JobEvents(List.of((event) -> {
			throw new Error("drill");
		})))) {
			engine.runDueJobs();
		}

		assertThat(this.scene.find(first).state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.scene.find(second).state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aJobThatRunsForManyLeasesIsNeitherLostNorTakenOver() {
		ManualJobEngine[] engine = new ManualJobEngine[1];
		this.scene.handle("long", (payload, context) -> {
			engine[0].advance(Duration.ofMinutes(5));
			return context.leaseLost();
		});
		JobId id = this.scene.enqueue("long", "x");

		engine[0] = engine(new JobEvents(List.of()));
		engine[0].runDueJobs();
		engine[0].close();

		JobDetails job = this.scene.find(id);
		assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(job.job().counters().deliveries()).isOne();
		assertThat(job.job().counters().crashes()).isZero();
		assertThat(this.scene.decode(((StoredResult.Value) job.result()).payload(), Boolean.class)).isEqualTo(false);
	}

	private ManualJobEngine engine(JobEvents events) {
		return new ManualJobEngine(this.scene.store, this.scene.runner(), events, this.scene.settings(),
				this.scene.clock);
	}

	record Explosive(String text) {

		Explosive {
			throw new AssertionError("drill");
		}

	}

	public static final class Unwritable {

		private final boolean broken = true;

		public String getText() {
			if (this.broken) {
				throw new StackOverflowError("drill");
			}
			return "";
		}

	}

}
