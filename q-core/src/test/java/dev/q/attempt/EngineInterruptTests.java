package dev.q.attempt;

import java.io.IOException;
import java.util.Set;

import dev.q.PermanentJobException;
import dev.q.handler.HandlerInvoker;
import dev.q.job.DeadReason;
import dev.q.job.JobDetails;
import dev.q.job.JobState;
import dev.q.retry.HandlerRetry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a job whose handler fails because the engine stops.
 */
class EngineInterruptTests {

	private static final HandlerRetry PICKY = new HandlerRetry(null, Set.of(IOException.class), Set.of());

	private final Line line = new Line();

	@AfterEach
	void close() {
		this.line.scene.close();
	}

	@Test
	void aHandlerThatIsInterruptedByAStopHasItsJobHandedBackWhateverItRetriesOn() {
		JobDetails job = run((payload, context) -> {
			stop();
			throw new InterruptedException("drill");
		});

		assertThat(job.state()).isEqualTo(JobState.READY);
		assertThat(job.job().counters().failures()).isZero();
		assertThat(job.job().counters().releases()).isOne();
	}

	@Test
	void aSecondStopBesideTheFirstDoesNotMakeAFailureOfItsInterrupt() {
		JobDetails job = run((payload, context) -> {
			stop();
			this.line.jobs.askToStop();
			throw new InterruptedException("drill");
		});

		assertThat(job.state()).isEqualTo(JobState.READY);
		assertThat(job.job().counters().failures()).isZero();
	}

	@Test
	void whatAHandlerSaysForGoodCountsAfterAnInterruptByAStopToo() {
		JobDetails job = run((payload, context) -> {
			stop();
			throw new PermanentJobException("drill");
		});

		assertThat(job.deadReason()).isEqualTo(DeadReason.PERMANENT);
	}

	@Test
	void withoutAnInterruptTheClassOfTheFailureDecides() {
		JobDetails job = run((payload, context) -> {
			throw new InterruptedException("drill");
		});

		assertThat(job.deadReason()).isEqualTo(DeadReason.PERMANENT);
	}

	private void stop() {
		this.line.jobs.interruptAll();
	}

	private JobDetails run(HandlerInvoker handler) {
		this.line.scene.handle("any", PICKY, handler);
		Execution execution = this.line.claim();
		execution.run();
		return this.line.scene.find(execution.job().id());
	}

}
