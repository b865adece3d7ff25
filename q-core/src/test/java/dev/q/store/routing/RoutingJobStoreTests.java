package dev.q.store.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.JobCatalog;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.store.QueueStats;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the contract kit does not ask: which store does what, and what an outage of one
 * leaves of the others.
 */
class RoutingJobStoreTests {

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private final Scene scene = Scene.onOneThread();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void eachQueueIsInItsStore() {
		JobId work = this.scene.enqueue(Scene.WORK);
		JobId mail = this.scene.enqueue(Scene.MAIL);

		assertThat(this.scene.stores.catalog().find(List.of(mail, work))).extracting((job) -> job.job().id())
			.containsExactly(mail, work);
		assertThat(this.scene.first.store().catalog().find(List.of(mail, work))).extracting((job) -> job.job().id())
			.containsExactly(work);
		assertThat(this.scene.stores.storeOf(Scene.BULK)).isEqualTo(this.scene.second.store());
		assertThat(this.scene.stores.storeOf(QueueName.DEFAULT)).isEqualTo(this.scene.first.store());
	}

	@Test
	void aClaimKeepsTheOrderOfItsQueuesWhateverStoresTheyAreIn() {
		JobId bulk = this.scene.enqueue(Scene.BULK);
		JobId work = this.scene.enqueue(Scene.WORK);
		JobId mail = this.scene.enqueue(Scene.MAIL);

		assertThat(this.scene.claimIds(2, Scene.MAIL, Scene.WORK, Scene.BULK)).containsExactly(mail, work);
		assertThat(this.scene.claimIds(2, Scene.MAIL, Scene.WORK, Scene.BULK)).containsExactly(bulk);
	}

	@Test
	void theNextDueJobIsTheOneThatIsDueSoonestByTheClockOfItsStore() {
		this.scene.enqueue(Scene.WORK, Due.in(Duration.ofSeconds(20)));
		this.scene.enqueue(Scene.MAIL, Due.in(Duration.ofSeconds(7)));

		assertThat(this.scene.claim(1, Scene.WORK, Scene.MAIL).untilNextDue(Duration.ofHours(2)))
			.isEqualTo(Duration.ofSeconds(7));
		assertThat(this.scene.claim(1, Scene.MAIL, Scene.WORK).untilNextDue(Duration.ofHours(2)))
			.isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void jobsOfAStoreThatAnswersAreClaimedWhileAnotherIsAwayWhichIsAskedAgainSoon() {
		JobId work = this.scene.enqueue(Scene.WORK);
		JobId mail = this.scene.enqueue(Scene.MAIL);
		this.scene.second.goAway();

		ClaimAnswer during = this.scene.claim(10, Scene.MAIL, Scene.WORK);
		this.scene.second.comeBack();
		this.scene.pass(PAUSE);

		assertThat(Scene.ids(during.jobs())).containsExactly(work);
		assertThat(during.untilNextDue(Duration.ofHours(1))).isEqualTo(PAUSE);
		assertThat(this.scene.claimIds(10, Scene.MAIL, Scene.WORK)).containsExactly(mail);
	}

	@Test
	void aStoreThatIsAwayIsAskedNowAndThenOnly() {
		this.scene.second.goAway();
		for (int i = 0; i < 1000; i++) {
			this.scene.claim(10, Scene.MAIL, Scene.WORK);
			this.scene.pass(Duration.ofMillis(10));
		}

		assertThat(this.scene.second.calls).hasSizeLessThan(15);
		assertThat(this.scene.first.calls).hasSize(1000);
	}

	@Test
	void aClaimFailsIfNoStoreOfItsQueuesAnswers() {
		this.scene.second.goAway();

		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.scene.claim(1, Scene.MAIL));

		this.scene.first.goAway();
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.scene.claim(1, Scene.MAIL, Scene.WORK));
	}

	@Test
	void leasesInAStoreThatIsAwayAreNeitherRenewedNorLost() {
		this.scene.enqueue(Scene.WORK);
		this.scene.enqueue(Scene.MAIL);
		List<Lease> leases = leases(this.scene.claim(2, Scene.WORK, Scene.MAIL));
		this.scene.second.goAway();

		assertThat(this.scene.stores.work().renew(leases)).containsExactly(LeaseAnswer.APPLIED, LeaseAnswer.BUSY);
		assertThat(this.scene.stores.work().renew(leases.subList(1, 2))).containsExactly(LeaseAnswer.BUSY);
		assertThat(this.scene.stores.work().settle(settlements(leases), Retention.DEFAULT))
			.containsExactly(LeaseAnswer.APPLIED, LeaseAnswer.BUSY);

		this.scene.second.comeBack();
		this.scene.pass(PAUSE);
		assertThat(this.scene.stores.work().settle(settlements(leases.subList(1, 2)), Retention.DEFAULT))
			.containsExactly(LeaseAnswer.APPLIED);
	}

	@Test
	void whenNoStoreAnswersARenewalFailsAsWithASingleStore() {
		this.scene.enqueue(Scene.WORK);
		this.scene.enqueue(Scene.MAIL);
		List<Lease> leases = leases(this.scene.claim(2, Scene.WORK, Scene.MAIL));
		this.scene.first.goAway();
		this.scene.second.goAway();

		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.scene.stores.work().renew(leases));
	}

	@Test
	void theUpkeepOfAStoreIsDoneThoughAnotherIsAway() {
		this.scene.enqueue(Scene.WORK);
		JobId mail = this.scene.enqueue(Scene.MAIL);
		this.scene.claim(2, Scene.WORK, Scene.MAIL);
		this.scene.pass(Scene.LEASE.plusSeconds(1));
		this.scene.first.goAway();

		assertThat(this.scene.stores.maintenance().recoverExpired(10)).extracting((job) -> job.id())
			.containsExactly(mail);
		assertThat(this.scene.stores.maintenance().promoteDue(10)).isZero();

		this.scene.second.goAway();
		assertThatExceptionOfType(StoreException.class)
			.isThrownBy(() -> this.scene.stores.maintenance().promoteDue(10));
	}

	@Test
	void aPieceOfUpkeepIsNoLargerThanAskedForAndEachStoreHasItsTurn() {
		for (int i = 0; i < 3; i++) {
			this.scene.enqueue(Scene.WORK, Due.in(Duration.ofSeconds(1)));
			this.scene.enqueue(Scene.MAIL, Due.in(Duration.ofSeconds(1)));
		}
		this.scene.pass(Duration.ofSeconds(2));

		assertThat(this.scene.stores.maintenance().promoteDue(2)).isEqualTo(2);
		assertThat(this.scene.stores.maintenance().promoteDue(2)).isEqualTo(2);
		assertThat(this.scene.stores.catalog().queues()).extracting((stats) -> stats.count(JobState.READY))
			.containsExactly(2L, 2L);
	}

	@Test
	void aJobThatAStoreWhichIsAwayMayHaveIsNotCalledUnknown() {
		JobId work = this.scene.enqueue(Scene.WORK);
		JobId mail = this.scene.enqueue(Scene.MAIL);
		this.scene.second.goAway();
		JobCatalog catalog = this.scene.stores.catalog();

		assertThat(catalog.find(List.of(work))).hasSize(1);
		assertThat(catalog.queues()).extracting(QueueStats::queue).containsExactly(Scene.WORK);
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> catalog.find(List.of(work, mail)));
		assertThatExceptionOfType(StoreException.class)
			.isThrownBy(() -> catalog.search(JobCatalog.Query.ALL, 10, null));
		assertThat(this.scene.stores.control().cancel(List.of(work), "drill")).containsExactly(work);
		assertThatExceptionOfType(StoreException.class)
			.isThrownBy(() -> this.scene.stores.control().cancel(List.of(mail), "drill"));
	}

	@Test
	void pagesOfAllStoresAreLaidIntoOne() {
		List<JobId> ids = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			ids.add(this.scene.enqueue(Scene.WORK));
			ids.add(this.scene.enqueue(Scene.MAIL));
		}
		List<JobId> seen = new ArrayList<>();
		String cursor = null;
		do {
			var page = this.scene.stores.catalog().search(JobCatalog.Query.ALL, 3, cursor);
			page.items().forEach((job) -> seen.add(job.id()));
			cursor = page.next();
		}
		while (cursor != null);

		assertThat(seen).containsExactlyElementsOf(ids);
	}

	@Test
	void anOutageIsNamedAsLongAsItLasts() {
		this.scene.second.goAway();
		this.scene.claim(1, Scene.WORK, Scene.MAIL);
		List<String> during = this.scene.stores.problems();
		this.scene.second.comeBack();
		this.scene.pass(PAUSE);
		this.scene.claim(1, Scene.WORK, Scene.MAIL);

		assertThat(during).singleElement().asString().contains("second", "memory", "2026-01-01T00:00:00Z");
		assertThat(this.scene.stores.problems()).isEmpty();
	}

	@Test
	void groupsOfAStoreThatAnswersAreStoredThoughTheCallFailsForAnother() {
		var work = this.scene.job(Scene.WORK, Due.NOW);
		var mail = this.scene.job(Scene.MAIL, Due.NOW);
		this.scene.second.goAway();

		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.scene.stores.work()
			.insert(List.of(InsertGroup.of(List.of(mail)), InsertGroup.of(List.of(work)))));
		assertThat(this.scene.stores.catalog().find(Scene.WORK, List.of(work.id()))).hasSize(1);
	}

	@Test
	void whatContradictsItselfIsRefused() {
		assertRefused("mail", route("one", Scene.MAIL),
				new StoreRoute("two", Scene.onOneThread().stores, List.of(Scene.MAIL)));
		assertRefused("default", route("default", Scene.MAIL));
		assertRefused("same object", new StoreRoute("one", this.scene.first.store(), List.of(Scene.MAIL)));
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> route("one"))
			.withMessageContaining("no queue");
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> route("one", Scene.MAIL, Scene.MAIL))
			.withMessageContaining("twice");
	}

	private StoreRoute route(String name, QueueName... queues) {
		return new StoreRoute(name, this.scene.second.store(), List.of(queues));
	}

	private void assertRefused(String why, StoreRoute... routes) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(
				() -> new RoutingJobStore(this.scene.first.store(), List.of(routes), this.scene.clock, Runnable::run))
			.withMessageContaining(why);
	}

	private static List<Lease> leases(ClaimAnswer claimed) {
		return claimed.jobs().stream().map(ClaimedJob::lease).toList();
	}

	private static List<Settlement> settlements(List<Lease> leases) {
		return leases.stream().map((lease) -> new Settlement(lease, new Outcome.Succeeded(StoredResult.NONE))).toList();
	}

}
