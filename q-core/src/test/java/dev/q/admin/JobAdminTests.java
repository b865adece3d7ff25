package dev.q.admin;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.scene.EngineScene;
import dev.q.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What stops a change of many jobs. All else is in the contract of stores.
 */
class JobAdminTests {

	private final EngineScene scene = new EngineScene();

	private final JobAdmin admin = new JobAdmin(this.scene.store);

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void anInterruptEndsItAfterThePieceThatIsUnderWay() {
		List<JobId> ids = enqueue(1200);
		BulkRequest request = BulkRequest.of(BulkAction.cancel("drill"), JobFilter.ALL);
		Thread.currentThread().interrupt();
		BulkReport report = this.admin.run(request);

		assertThat(Thread.interrupted()).isTrue();
		assertThat(report.changed()).isEqualTo(500);
		assertThat(report.isComplete()).isFalse();
		assertThat(this.admin.run(request.after(report)).changed()).isEqualTo(700);
		assertThat(ids).allMatch((id) -> this.scene.find(id).state() == JobState.CANCELLED);
	}

	@Test
	void aFailureOfTheStoreSaysWhatWasDoneAndWhatIsLeft() {
		enqueue(20);
		BulkRequest first = BulkRequest.of(BulkAction.hold(), JobFilter.ALL).limitedTo(5);
		BulkRequest second = first.after(this.admin.run(first));
		this.scene.store.close();

		assertThatExceptionOfType(BulkFailedException.class).isThrownBy(() -> this.admin.run(second))
			.withCauseInstanceOf(StoreException.class)
			.withMessageContaining("hold")
			.withMessageContaining("remaining()")
			.satisfies((ex) -> assertThat(ex.report().changed()).isZero())
			.satisfies((ex) -> assertThat(ex.remaining()).isEqualTo(second));
		assertThatExceptionOfType(BulkFailedException.class).isThrownBy(() -> this.admin.dryRun(first))
			.satisfies((ex) -> assertThat(ex.remaining()).isEqualTo(first));
	}

	@Test
	void aTimeThatCannotBeStoredIsRefusedBeforeAnyJobIsTouched() {
		assertThatIllegalArgumentException().isThrownBy(() -> BulkAction.reschedule(Due.at(Instant.MAX)))
			.withMessageContaining("the latest is");
	}

	private List<JobId> enqueue(int count) {
		return Stream.generate(() -> this.scene.enqueue("any", "x")).limit(count).toList();
	}

}
