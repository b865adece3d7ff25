package dev.q.attempt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.q.event.JobEvent;
import dev.q.job.JobDetails;
import dev.q.job.JobLimits;
import dev.q.job.JobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker that cannot reach the store takes its jobs for lost before their leases end,
 * and leaves the last word to the store.
 */
class LeaseTrustTests {

	private static final Duration TRUST = Line.LEASE.multipliedBy(9).dividedBy(10);

	private final Line line = new Line();

	private final List<Boolean> seen = new ArrayList<>();

	@AfterEach
	void close() {
		this.line.scene.close();
	}

	@Test
	void aHandlerIsToldShortlyBeforeAnUnrenewedLeaseEndsAndNotEarlier() {
		this.line.scene.handle("any", (payload, context) -> {
			pass(TRUST.minusMillis(1));
			this.seen.add(context.leaseLost());
			pass(Duration.ofMillis(1));
			this.seen.addAll(List.of(context.leaseLost(), context.shouldStop(), Thread.interrupted()));
			return null;
		});

		this.line.claim().run();

		assertThat(this.seen).containsExactly(false, true, true, true);
	}

	@Test
	void trustCountsFromTheLastRenewalThatTheStoreConfirmed() {
		this.line.scene.handle("any", (payload, context) -> {
			this.line.scene.clock.advance(Line.LEASE.dividedBy(2));
			this.line.leases.loop().step();
			pass(Line.LEASE.dividedBy(2));
			return this.seen.add(context.leaseLost());
		});

		this.line.claim().run();

		assertThat(this.seen).containsExactly(false);
	}

	@Test
	void aShortLeaseOfASlowClaimIsDoubtedInTime() {
		JobLimits limits = new JobLimits(5, 3, Duration.ofSeconds(1), null, null, null);
		this.line.scene.clock.advance(Duration.ofSeconds(1));
		this.line.deadlines.loop().step();
		this.line.scene.clock.advance(Duration.ofMillis(600));
		long now = this.line.scene.clock.nanoTime();

		this.line.jobs.take(this.line.scene.claim(this.line.scene.job("any", "x").withLimits(limits)),
				now - Duration.ofMillis(800).toNanos(), this.line.abandoned::incrementAndGet);

		assertThat(this.line.deadlines.loop().isDue()).isTrue();
	}

	@Test
	void workThatWasDoneInDoubtIsRecordedIfNobodyElseHasTakenTheJob() {
		JobDetails job = run(() -> "done");

		assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.Succeeded.class);
	}

	@Test
	void aHandlerThatIsInterruptedInDoubtHasNotFailed() {
		JobDetails job = run(() -> {
			throw new InterruptedException("drill");
		});

		assertThat(job.state()).isEqualTo(JobState.READY);
		assertThat(job.job().counters().failures()).isZero();
	}

	@Test
	void whatIsDoneInDoubtIsDroppedIfAnotherWorkerHasTheJob() {
		JobDetails job = run(() -> {
			this.line.scene.clock.advance(Line.LEASE);
			this.line.scene.store.maintenance().recoverExpired(10);
			return "stale";
		});

		assertThat(job.state()).isEqualTo(JobState.READY);
		assertThat(this.line.scene.events).hasExactlyElementsOfTypes(JobEvent.LeaseLost.class, JobEvent.Stale.class);
	}

	@Test
	void aLeaseInDoubtIsRenewedWhenTheStoreIsBack() {
		this.line.scene.handle("any", (payload, context) -> {
			pass(TRUST);
			Thread.interrupted();
			this.line.leases.loop().step();
			this.line.scene.clock.advance(Line.LEASE.dividedBy(2));
			return this.line.scene.store.maintenance().recoverExpired(10).isEmpty() && this.seen.add(true);
		});

		this.line.claim().run();

		assertThat(this.seen).containsExactly(true);
	}

	@Test
	void anOutcomeThatWaitsToBeSettledIsNotGivenUp() {
		this.line.scene.handle("any", (payload, context) -> "done");
		this.line.store.failOnce();
		Execution execution = this.line.claim();

		execution.run();
		pass(Line.LEASE.multipliedBy(2));
		this.line.completer.loop().step();

		assertThat(this.line.stateOf(execution)).isEqualTo(JobState.SUCCEEDED);
	}

	private JobDetails run(Work work) {
		this.line.scene.handle("any", (payload, context) -> {
			pass(TRUST);
			return work.finish();
		});
		Execution execution = this.line.claim();
		execution.run();
		return this.line.scene.find(execution.job().id());
	}

	/**
	 * Lets time pass without a renewal.
	 */
	private void pass(Duration span) {
		this.line.scene.clock.advance(span);
		this.line.deadlines.loop().step();
	}

	/**
	 * How a handler ends.
	 */
	private interface Work {

		Object finish() throws Exception;

	}

}
