package dev.q.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.JobOptions;
import dev.q.attempt.JobsInHand;
import dev.q.engine.EngineHealth.Kind;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.loop.Loop;
import dev.q.scene.EngineScene;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EngineHealthTests {

	private final EngineScene scene = new EngineScene();

	private final JobsInHand jobs = this.scene.jobsIn(this.scene.store.work());

	private final AtomicInteger abandoned = new AtomicInteger();

	private final AtomicInteger failures = new AtomicInteger();

	private final Loop loop = new Loop("watched", () -> {
		if (this.failures.getAndDecrement() > 0) {
			throw new IllegalStateException("drill");
		}
		return Duration.ofSeconds(1);
	}, this.scene.clock);

	private final List<EngineHealth> told = new ArrayList<>();

	private final HealthCheck check = new HealthCheck(List.of(this.loop),
			new HealthCheck.Subjects(this.jobs, this.abandoned, 1, this.scene.store, () -> Duration.ZERO),
			this.told::add, this.scene.clock);

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void anEngineWhoseLoopsRestOnTimeIsWell() {
		this.loop.step();
		this.check.loop().step();

		assertThat(this.check.health().isUp()).isTrue();
		assertThat(this.check.health().isReady()).isTrue();
		assertThat(this.told).singleElement().matches(EngineHealth::isUp);
	}

	@Test
	void aLoopThatDoesNotComeToTheEndOfAStepIsStuck() {
		this.loop.step();

		lookFor(Duration.ofSeconds(30));
		this.scene.clock.advance(Duration.ofSeconds(1));
		boolean justInTime = this.check.health().isUp();
		this.scene.clock.advance(Duration.ofMillis(1));
		this.check.loop().step();

		assertThat(justInTime).isTrue();
		assertThat(kinds()).containsExactly(Kind.LOOP_STUCK);
		assertThat(this.check.health().isReady()).isTrue();
		assertThat(this.check.health().problems().get(0).text()).contains("watched", "30 s");
		assertThat(this.told).extracting(EngineHealth::isUp).containsExactly(true, false);
	}

	@Test
	void aProcessThatWasStoppedForAWhileIsNotStuck() {
		this.loop.step();
		this.check.loop().step();

		this.scene.clock.advance(Duration.ofHours(1));
		this.check.loop().step();
		this.loop.step();
		lookFor(Duration.ofSeconds(5));

		assertThat(this.told).allMatch(EngineHealth::isUp);
	}

	@Test
	void aLoopThatFailsAgainAndAgainIsAProblemButTheWorkerStaysReady() {
		this.failures.set(3);

		this.loop.step();
		this.loop.step();
		boolean afterTwo = this.check.health().isUp();
		this.loop.step();
		this.check.loop().step();

		assertThat(afterTwo).isTrue();
		assertThat(kinds()).containsExactly(Kind.LOOP_FAILING);
		assertThat(this.check.health().isReady()).isTrue();
	}

	@Test
	void aLoopWhoseThreadIsGoneHasDied() throws InterruptedException {
		Loop dying = new Loop("dying", () -> Loop.UNTIL_WOKEN, new DyingClock(this.scene.clock));
		HealthCheck its = new HealthCheck(List.of(dying),
				new HealthCheck.Subjects(this.jobs, this.abandoned, 1, this.scene.store, () -> Duration.ZERO),
				this.told::add, this.scene.clock);
		Thread thread = new Thread(dying::run);
		thread.setUncaughtExceptionHandler((dead, ex) -> {
		});
		thread.start();
		thread.join();

		its.loop().step();

		assertThat(this.told.get(0).problems()).extracting(EngineHealth.Problem::kind).containsExactly(Kind.LOOP_DIED);
	}

	@Test
	void aLoopThatWasStoppedIsNoProblem() {
		this.loop.step();
		this.loop.stop();

		this.scene.clock.advance(Duration.ofHours(1));

		assertThat(this.check.health().isUp()).isTrue();
	}

	@Test
	void moreAbandonedThreadsThanMayBeReplacedEndTheReadiness() {
		this.abandoned.set(1);
		boolean atTheCap = this.check.health().isReady();
		this.abandoned.set(2);
		this.check.loop().step();

		assertThat(atTheCap).isTrue();
		assertThat(kinds()).containsExactly(Kind.TOO_MANY_ABANDONED_THREADS);
		assertThat(this.check.health().isReady()).isFalse();
		assertThat(this.check.health().abandonedThreads()).isEqualTo(2);
	}

	@Test
	void theEndOfAProblemIsToldToo() {
		this.abandoned.set(2);
		this.check.loop().step();
		this.check.loop().step();
		this.abandoned.set(0);
		this.check.loop().step();

		assertThat(this.told).extracting(EngineHealth::isReady).containsExactly(false, true);
	}

	@Test
	void theAgeOfTheOldestRunningJobShowsAHandlerThatHangs() {
		claim();
		this.scene.clock.advance(Duration.ofHours(3));
		claim();

		assertThat(this.check.health().oldestRunning()).isEqualTo(Duration.ofHours(3));
		assertThat(this.check.health().runningJobs()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(classes = { OutOfMemoryError.class, InternalError.class })
	void anErrorThatMeansABrokenJvmFailsItsAttemptAndTurnsHealthDown(Class<? extends Error> type) throws Exception {
		Error error = type.getConstructor(String.class).newInstance("drill");
		this.scene.handle("fatal", (payload, context) -> {
			throw error;
		}).handle("fine", (payload, context) -> null);
		JobId fatal = this.scene.enqueue("fatal", "x");
		JobId fine = this.scene.enqueue("fine", "x");

		try (ManualJobEngine engine = this.scene.engine()) {
			engine.runDueJobs();

			assertThat(this.scene.find(fatal).state()).isEqualTo(JobState.RETRYING);
			assertThat(this.scene.find(fine).state()).isEqualTo(JobState.SUCCEEDED);
			assertThat(engine.health().problems()).extracting(EngineHealth.Problem::kind)
				.containsExactly(Kind.DAMAGED_JVM);
			assertThat(engine.health().problems().get(0).text()).contains(type.getName());
		}
	}

	@Test
	void anErrorThatMeansABrokenJvmTurnsHealthDownAfterATimeoutToo() {
		this.scene.handle("fatal", JobOptions.NONE.timeout(Duration.ofSeconds(3)), (payload, context) -> {
			this.scene.clock.advance(Duration.ofSeconds(3));
			this.jobs.loops().forEach(Loop::step);
			throw new OutOfMemoryError("drill");
		});

		this.jobs
			.take(this.scene.claim(this.scene.job("fatal", "x")), this.scene.clock.nanoTime(),
					this.abandoned::incrementAndGet)
			.run();

		assertThat(this.check.health().problems()).extracting(EngineHealth.Problem::kind)
			.containsExactly(Kind.DAMAGED_JVM);
	}

	@Test
	void aStackOverflowIsAnOrdinaryFailure() {
		this.scene.handle("deep", (payload, context) -> {
			throw new StackOverflowError("drill");
		});
		JobId id = this.scene.enqueue("deep", "x");

		try (ManualJobEngine engine = this.scene.engine()) {
			engine.runDueJobs();

			assertThat(this.scene.find(id).state()).isEqualTo(JobState.RETRYING);
			assertThat(engine.health().isUp()).isTrue();
		}
	}

	private void lookFor(Duration span) {
		for (Duration left = span; !left.isZero(); left = left.minusSeconds(5)) {
			this.scene.clock.advance(Duration.ofSeconds(5));
			this.check.loop().step();
		}
	}

	private void claim() {
		this.jobs.take(this.scene.claim(this.scene.job("any", "x")), this.scene.clock.nanoTime(),
				this.abandoned::incrementAndGet);
	}

	private Set<Kind> kinds() {
		Set<Kind> kinds = new HashSet<>();
		this.told.get(this.told.size() - 1).problems().forEach((problem) -> kinds.add(problem.kind()));
		return kinds;
	}

}
