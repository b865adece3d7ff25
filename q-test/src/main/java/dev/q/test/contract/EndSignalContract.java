package dev.q.test.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.q.job.DeadReason;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.StoredResult;
import dev.q.store.ClaimedJob;
import dev.q.store.JobStore;
import dev.q.store.Retention;
import dev.q.store.StoreCapability;
import dev.q.store.StoreListener.Ended;
import dev.q.store.StoreListener.Ends;
import dev.q.store.Subscription;
import dev.q.test.HandWorker;
import dev.q.test.HeardEnds;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What a store tells those who wait for the end of a job, whichever node ends it. For
 * stores that signal at all.
 *
 * @since 0.1
 */
@Timeout(60)
public abstract class EndSignalContract extends Theme {

	private final HeardEnds heard = new HeardEnds();

	private Subscription subscription;

	private JobStore other;

	private Subscription ofOther;

	@BeforeEach
	void subscribe() {
		this.subscription = store().catalog().hearEnds(this.heard);
		assumeThat(this.subscription).isNotSameAs(Subscription.NONE);
		this.other = secondNode();
		this.ofOther = this.other.catalog().hearEnds(new HeardEnds());
		this.heard.awaitKnown(store(), this.other);
	}

	@AfterEach
	void unsubscribe() {
		this.subscription.close();
		if (this.ofOther != null) {
			this.ofOther.close();
		}
	}

	@Test
	void everyKindOfEndIsToldThatAWorkerOfAnotherNodeBrings() {
		HandWorker worker = HandWorker.of(this.other, "other").on(MAIL).keeping(Retention.NOTHING);
		List<JobId> ids = insert(aJob().in(MAIL), aJob().in(MAIL), aJob().in(MAIL));
		expect(ids);

		worker.settle(worker.claimOne(), new Outcome.Succeeded(StoredResult.NONE));
		worker.settle(worker.claimOne(), new Outcome.Dead(DeadReason.PERMANENT, HandWorker.FAILURE));
		worker.settle(worker.claimOne(), new Outcome.Cancelled("no longer wanted"));

		assertThat(this.heard.await(ids.get(0))).isEqualTo(end(ids.get(0), JobState.SUCCEEDED, null));
		assertThat(this.heard.await(ids.get(1))).isEqualTo(end(ids.get(1), JobState.DEAD, DeadReason.PERMANENT));
		assertThat(this.heard.await(ids.get(2))).isEqualTo(end(ids.get(2), JobState.CANCELLED, null));
	}

	@Test
	void whatIsNoEndOrIsNotAwaitedIsNotTold() {
		HandWorker worker = HandWorker.of(this.other, "other").on(MAIL);
		List<JobId> ids = insert(aJob().in(MAIL), aJob().in(MAIL));
		expect(ids.subList(1, 2));

		worker.succeed(worker.claimOne());
		ClaimedJob second = worker.claimOne();
		worker.fail(second, Duration.ZERO);
		assertThat(this.heard.pending()).isEmpty();
		worker.succeed(worker.claimOne());

		assertThat(this.heard.await(ids.get(1)).state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.heard.pending()).isEmpty();
	}

	@Test
	void aSettlementThatComesTooLateIsNotTold() {
		HandWorker worker = HandWorker.of(this.other, "other").on(MAIL);
		List<JobId> ids = List.of(insert(aJob().in(MAIL)));
		ClaimedJob claimed = worker.claimOne();
		expect(ids);

		this.other.control().cancel(ids, "no longer wanted");
		worker.settle(claimed, new Outcome.Succeeded(StoredResult.NONE));

		assertThat(this.heard.await(ids.get(0)).state()).isEqualTo(JobState.CANCELLED);
		this.heard.awaitKnown(store(), this.other);
		assertThat(this.heard.pending()).isEmpty();
	}

	@Test
	void whoeverEndsAJobByHandTells() {
		List<JobId> ids = insert(aJob().in(MAIL), aJob().in(MAIL));
		expect(ids);

		this.other.control().cancel(ids.subList(0, 1), "no longer wanted");
		this.other.control().delete(ids.subList(1, 2));

		assertThat(this.heard.await(ids.get(0))).isEqualTo(end(ids.get(0), JobState.CANCELLED, null));
		assertThat(this.heard.await(ids.get(1))).isEqualTo(end(ids.get(1), null, null));
	}

	@Test
	void aNodeThatHearsNobodyTellsWhatItEndsByHand() {
		JobStore deaf = secondNode();
		List<JobId> ids = List.of(insert(aJob().in(MAIL)));
		expect(ids);

		deaf.control().cancel(ids, "no longer wanted");

		assertThat(this.heard.await(ids.get(0)).state()).isEqualTo(JobState.CANCELLED);
	}

	@Test
	void theMaintenanceOfAnotherNodeTells() {
		assumeThat(store().capabilities()).contains(StoreCapability.EXPIRY, StoreCapability.AT_MOST_ONCE);
		JobId lost = running(aJob().in(MAIL).startingOnce()).job().id();
		JobId late = insert(aJob().in(MAIL).livingFor(LEASE));
		expect(List.of(lost, late));

		passLease();
		this.other.maintenance().recoverExpired(ALL);
		this.other.maintenance().expire(ALL);

		assertThat(this.heard.await(lost)).isEqualTo(end(lost, JobState.DEAD, DeadReason.LOST));
		assertThat(this.heard.await(late)).isEqualTo(end(late, JobState.EXPIRED, null));
	}

	@Test
	void thousandsAreTold() {
		List<JobId> ids = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			ids.addAll(insertMany(500));
		}
		store().catalog().expectEnds(DEFAULT, ids);
		this.heard.awaitKnown(store(), this.other);
		HandWorker worker = HandWorker.of(this.other, "other").keeping(Retention.NOTHING);

		List<ClaimedJob> claimed = worker.claim(500);
		while (!claimed.isEmpty()) {
			claimed.forEach((job) -> worker.settle(job, new Outcome.Succeeded(StoredResult.NONE)));
			claimed = worker.claim(500);
		}

		ids.forEach(this.heard::await);
	}

	@Test
	void aListenerThatThrowsDisturbsNobody() {
		Ends bad = (end) -> {
			throw new IllegalStateException("drill");
		};
		try (Subscription first = this.other.catalog().hearEnds(bad);
				Subscription second = store().catalog().hearEnds(bad)) {
			assertThat(first).isNotSameAs(second);
			List<JobId> ids = insert(aJob().in(MAIL), aJob().in(MAIL));
			expect(ids);

			this.other.control().delete(ids);

			ids.forEach(this.heard::await);
		}
	}

	@Test
	void whoHasEndedItsSubscriptionHearsNothing() {
		HeardEnds deaf = new HeardEnds();
		Subscription ended = store().catalog().hearEnds(deaf);
		ended.close();
		ended.close();
		List<JobId> ids = List.of(insert(aJob().in(MAIL)));
		expect(ids);

		this.other.control().delete(ids);

		this.heard.await(ids.get(0));
		assertThat(deaf.pending()).isEmpty();
	}

	private void expect(List<JobId> ids) {
		store().catalog().expectEnds(MAIL, ids);
		this.heard.awaitKnown(store(), this.other);
	}

	private Ended end(JobId id, @Nullable JobState state, @Nullable DeadReason reason) {
		return new Ended(MAIL, id, state, reason, this.other.equals(store()));
	}

}
