package dev.q.store.routing;

import java.util.List;

import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.NewJob;
import dev.q.job.Outcome;
import dev.q.job.StoredResult;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One of several stores does not take what it is given: nobody else is to suffer for it.
 */
class RefusalTests {

	private final Scene scene = Scene.onOneThread();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void whatAStoreDoesNotSettleIsRefusedAndTheRestIsApplied() {
		JobId bad = this.scene.enqueue(Scene.MAIL);
		JobId neighbour = this.scene.enqueue(Scene.BULK);
		JobId other = this.scene.enqueue(Scene.WORK);
		List<Lease> leases = leases();
		this.scene.second.refuse(bad);

		assertThat(settle(leases)).containsExactly(LeaseAnswer.REFUSED, LeaseAnswer.APPLIED, LeaseAnswer.APPLIED);

		assertThat(state(bad)).isEqualTo(JobState.RUNNING);
		assertThat(state(neighbour)).isEqualTo(JobState.SUCCEEDED);
		assertThat(state(other)).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.scene.stores.problems()).isEmpty();
		assertThat(settle(leases.subList(0, 1))).containsExactly(LeaseAnswer.REFUSED);
	}

	@Test
	void anOutageBesideARefusalLeavesLeasesBusyAndNothingElse() {
		JobId bad = this.scene.enqueue(Scene.MAIL);
		this.scene.enqueue(Scene.BULK);
		this.scene.enqueue(Scene.WORK);
		List<Lease> leases = leases();
		this.scene.second.refuse(bad);
		this.scene.first.goAway();

		assertThat(settle(leases)).containsExactly(LeaseAnswer.REFUSED, LeaseAnswer.APPLIED, LeaseAnswer.BUSY);
	}

	@Test
	void anOutageAmongThoseThatAreAskedApartLeavesTheRestBusy() {
		JobId bad = this.scene.enqueue(Scene.MAIL);
		this.scene.enqueue(Scene.BULK);
		this.scene.enqueue(Scene.WORK);
		List<Lease> leases = leases();
		this.scene.second.refuse(bad, this.scene.second::goAway);

		assertThat(settle(leases)).containsExactly(LeaseAnswer.BUSY, LeaseAnswer.BUSY, LeaseAnswer.APPLIED);

		this.scene.second.comeBack();
		this.scene.second.refuse(bad);
		this.scene.pass(Branch.LONGEST_PAUSE);
		assertThat(settle(leases.subList(0, 2))).containsExactly(LeaseAnswer.REFUSED, LeaseAnswer.APPLIED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void groupsOfOtherStoresAreStoredThoughOneStoreRefuses(boolean first) {
		NewJob bad = this.scene.job(first ? Scene.WORK : Scene.MAIL, Due.NOW);
		NewJob good = this.scene.job(first ? Scene.MAIL : Scene.WORK, Due.NOW);
		(first ? this.scene.first : this.scene.second).refuse(bad.id());
		List<InsertGroup> groups = List.of(InsertGroup.of(List.of(bad)), InsertGroup.of(List.of(good)));

		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.scene.stores.work().insert(groups))
			.withMessageContaining("drill: refused")
			.matches((ex) -> !StoreException.isRefusal(ex), "some of it may be stored");

		assertThat(state(good.id())).isEqualTo(JobState.READY);
		assertThat(this.scene.stores.catalog().find(List.of(bad.id()))).isEmpty();
		assertThat(this.scene.stores.problems()).isEmpty();
	}

	@Test
	void aRefusalBesideAnOutageIsNamedToo() {
		NewJob bad = this.scene.job(Scene.MAIL, Due.NOW);
		NewJob good = this.scene.job(Scene.WORK, Due.NOW);
		this.scene.second.refuse(bad.id());
		this.scene.first.goAway();

		assertThatExceptionOfType(StoreException.class)
			.isThrownBy(() -> this.scene.stores.work()
				.insert(List.of(InsertGroup.of(List.of(bad)), InsertGroup.of(List.of(good)))))
			.satisfies((ex) -> assertThat(ex.getSuppressed()).isNotEmpty());
	}

	@Test
	void jobsOfOtherStoresAreCancelledThoughOneStoreRefuses() {
		JobId mail = this.scene.enqueue(Scene.MAIL);
		JobId work = this.scene.enqueue(Scene.WORK);
		this.scene.first.refuse(mail);

		assertThatExceptionOfType(StoreException.class)
			.isThrownBy(() -> this.scene.stores.control().cancel(List.of(mail, work), "drill"));

		assertThat(state(mail)).isEqualTo(JobState.CANCELLED);
	}

	private List<Lease> leases() {
		return this.scene.claim(3, Scene.MAIL, Scene.BULK, Scene.WORK).jobs().stream().map(ClaimedJob::lease).toList();
	}

	private List<LeaseAnswer> settle(List<Lease> leases) {
		return this.scene.stores.work()
			.settle(leases.stream()
				.map((lease) -> new Settlement(lease, new Outcome.Succeeded(StoredResult.NONE)))
				.toList(), Retention.DEFAULT);
	}

	private JobState state(JobId id) {
		return this.scene.stores.catalog().find(List.of(id)).get(0).state();
	}

}
