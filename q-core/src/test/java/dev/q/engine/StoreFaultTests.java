package dev.q.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.q.event.JobEvents;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.scene.EngineScene;
import dev.q.store.JobStore;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One scene, with a job that succeeds, one that fails first, one that runs for long and
 * one that is delayed; played once for each call of the store, and that call fails:
 * before it took place, and after.
 */
class StoreFaultTests {

	private static final Duration LONG = Duration.ofMinutes(2);

	private final Logger log = (Logger) LoggerFactory.getLogger("dev.q");

	/** Some thousand failures are planned here, each with its stack. */
	@BeforeEach
	void beSilent() {
		this.log.setLevel(Level.OFF);
	}

	@AfterEach
	void beLoudAgain() {
		this.log.setLevel(null);
	}

	@Test
	void whicheverCallOfTheStoreFailsEveryJobEndsAndNoneIsCountedAsFailed() {
		FailingStore.Plan without = play(new FailingStore.Plan(-1, false));
		Set<String> kinds = new TreeSet<>(without.calls);

		Stream.of(true, false)
			.flatMap((afterwards) -> IntStream.range(0, without.calls.size())
				.mapToObj((call) -> new FailingStore.Plan(call, afterwards)))
			.forEach(StoreFaultTests::play);

		assertThat(kinds).contains("claim", "settle", "renew", "subscribe", "announce", "promoteDue", "recoverExpired",
				"expire", "purge");
	}

	private static FailingStore.Plan play(FailingStore.Plan plan) {
		try (EngineScene scene = new EngineScene()) {
			JobStore store = FailingStore.of(scene.store, plan);
			ManualJobEngine[] engine = new ManualJobEngine[1];
			scene.handle("fine", (payload, context) -> null).handle("stumbling", (payload, context) -> {
				if (context.attempt() == 1) {
					throw new IllegalStateException("drill");
				}
				return null;
			}).handle("long", (payload, context) -> {
				engine[0].advance(LONG);
				return null;
			});
			List<JobId> ids = List.of(scene.enqueue("fine", "x"), scene.enqueue("stumbling", "x"),
					scene.enqueue("long", "x"));

			engine[0] = new ManualJobEngine(store, scene.runner(), new JobEvents(List.of()), scene.settings(),
					scene.clock);
			engine[0].advance(LONG.multipliedBy(2));
			engine[0].close();

			ids.forEach((id) -> assertEnded(scene.find(id), plan));
			return plan;
		}
	}

	private static void assertEnded(JobDetails job, FailingStore.Plan plan) {
		String what = "job %s, as call %s fails".formatted(job.job().spec().type(), plan);
		assertThat(job.state()).as(what).isEqualTo(JobState.SUCCEEDED);
		assertThat(job.job().counters().failures()).as(what)
			.isEqualTo(job.job().spec().type().value().equals("stumbling") ? 1 : 0);
	}

}
