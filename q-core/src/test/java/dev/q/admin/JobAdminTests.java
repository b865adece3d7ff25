package dev.q.admin;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.scene.EngineScene;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.JobWalk;
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
	void whoHasEnoughOfItEndsItAfterThePieceThatIsUnderWay() {
		enqueue(1200);
		AtomicInteger pieces = new AtomicInteger();
		BulkRequest request = BulkRequest.of(BulkAction.hold().until((done) -> pieces.incrementAndGet() == 2),
				JobFilter.ALL);

		BulkReport report = this.admin.run(request);

		assertThat(report.changed()).isEqualTo(1000);
		assertThat(report.isComplete()).isFalse();
		assertThat(this.admin.run(request.after(report)).changed()).isEqualTo(200);
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
	void aSearchForFewJobsOfAnAgeAmongManyTurnsFewPages() {
		enqueue(1200);
		AtomicInteger pages = new AtomicInteger();
		BulkRun run = new BulkRun(counted(this.scene.store.catalog(), pages));
		JobFilter nothing = JobFilter.ALL.storedBefore(Instant.EPOCH);

		BulkReport report = run.go(BulkRequest.of(BulkAction.hold(), nothing).limitedTo(1), Set::copyOf);

		assertThat(report).isEqualTo(new BulkReport(1200, 0, 0, null));
		assertThat(pages).hasValue(3);
		assertThat(run.search(nothing, 1, null).next()).isNull();
		assertThat(pages).hasValue(6);
	}

	@Test
	void aLimitedRequestByAgeGoesOnRightAfterTheLastJobThatWasTaken() {
		List<JobId> old = enqueue(5).stream().sorted().toList();
		this.scene.clock.advance(Duration.ofMinutes(1));
		enqueue(600);
		JobFilter filter = JobFilter.ALL.storedBefore(this.scene.clock.instant());
		BulkRequest request = BulkRequest.of(BulkAction.hold(), filter).limitedTo(3);

		BulkReport first = this.admin.run(request);
		BulkReport second = this.admin.run(request.after(first));

		assertThat(first).isEqualTo(new BulkReport(3, 3, 3, old.get(2).toString()));
		assertThat(second).isEqualTo(new BulkReport(602, 2, 2, null));
		assertThat(old).allMatch((id) -> this.scene.find(id).job().isHeld());
		JobCatalog.Page<Job> page = this.admin.search(filter, 4, null);
		assertThat(page.items()).extracting(Job::id).isEqualTo(old.subList(0, 4));
		assertThat(this.admin.search(filter, 4, page.next()).items()).extracting(Job::id).containsExactly(old.get(4));
	}

	@Test
	void aJobThatBeganAfterItWasSeenIsNeitherDeletedNorCancelled() {
		JobFilter ready = JobFilter.ALL.in(JobState.READY);
		for (BulkAction action : List.of(BulkAction.delete(), BulkAction.cancel("drill"))) {
			JobId id = this.scene.enqueue("any", "x");

			BulkReport report = startingWhatIsSeen().run(BulkRequest.of(action, ready));

			assertThat(report).as(action.toString()).isEqualTo(new BulkReport(1, 1, 0, null));
			assertThat(this.scene.find(id).state()).isEqualTo(JobState.RUNNING);
		}
	}

	@Test
	void aTimeThatCannotBeStoredIsRefusedBeforeAnyJobIsTouched() {
		assertThatIllegalArgumentException().isThrownBy(() -> BulkAction.reschedule(Due.at(Instant.MAX)))
			.withMessageContaining("the latest is");
	}

	/** A worker takes a job as soon as somebody has looked for jobs. */
	private JobAdmin startingWhatIsSeen() {
		JobCatalog catalog = after(this.scene.store.catalog(), this.scene::claimNext);
		return new JobAdmin((JobStore) Proxy.newProxyInstance(JobStore.class.getClassLoader(),
				new Class<?>[] { JobStore.class }, (proxy, method, args) -> method.getName().equals("catalog") ? catalog
						: method.invoke(this.scene.store, args)));
	}

	private static JobCatalog counted(JobCatalog catalog, AtomicInteger pages) {
		return after(catalog, pages::incrementAndGet);
	}

	/** Does something whenever a page of a walk was turned. */
	private static JobCatalog after(JobCatalog catalog, Runnable step) {
		return (JobCatalog) Proxy.newProxyInstance(JobCatalog.class.getClassLoader(),
				new Class<?>[] { JobCatalog.class }, (proxy, method, args) -> {
					JobWalk walk = (JobWalk) method.invoke(catalog, args);
					return (JobWalk) (limit, cursor) -> {
						JobCatalog.Page<Job> page = walk.page(limit, cursor);
						step.run();
						return page;
					};
				});
	}

	private List<JobId> enqueue(int count) {
		return Stream.generate(() -> this.scene.enqueue("any", "x")).limit(count).toList();
	}

}
