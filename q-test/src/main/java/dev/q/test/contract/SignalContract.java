package dev.q.test.contract;

import java.time.Duration;
import java.util.List;

import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.job.WorkerId;
import dev.q.store.ClaimedJob;
import dev.q.store.PauseMode;
import dev.q.store.Schedule;
import dev.q.store.StoreCapability;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import dev.q.test.HeardSignals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What a store tells those who wait. For stores that signal at all.
 *
 * @since 0.1
 */
public abstract class SignalContract extends Theme {

	/** A signal of this queue shows that all signals before it have arrived. */
	private static final QueueName MARKER = new QueueName("marker");

	private final HeardSignals signals = new HeardSignals();

	private Subscription subscription;

	@BeforeEach
	void subscribe() {
		this.subscription = store().work().subscribe(new WorkerId("listener"), this.signals);
		assumeThat(this.subscription).isNotSameAs(Subscription.NONE);
	}

	@AfterEach
	void unsubscribe() {
		this.subscription.close();
	}

	@Test
	void readyJobsAreAnnounced() {
		insert(aJob().in(MAIL));

		this.signals.awaitReady(MAIL);
	}

	@Test
	void everyQueueOfACallIsAnnounced() {
		store().work().insert(List.of(group(0, List.of(aJob().in(MAIL))), group(0, List.of(aJob().in(REPORTS)))));

		this.signals.awaitReady(MAIL);
		this.signals.awaitReady(REPORTS);
	}

	@Test
	void aJobThatIsTheFirstToBeDueIsAnnounced() {
		insert(aJob().in(MAIL).delayedBy(hours(2)));
		this.signals.awaitReady(MAIL);

		insert(aJob().in(MAIL).delayedBy(hours(1)));

		this.signals.awaitReady(MAIL);
	}

	@Test
	void aJobThatIsNotTheFirstToBeDueIsNoNews() {
		insert(aJob().in(MAIL).delayedBy(hours(1)));
		hearAllSoFar();

		insert(aJob().in(MAIL).delayedBy(hours(2)));

		assertThat(hearAllSoFar()).doesNotContain(MAIL);
	}

	@Test
	void nothingThatIsRefusedIsAnnounced() {
		var draft = aJob().in(MAIL);
		insert(draft);
		hearAllSoFar();

		enter(draft);
		offer(1, aJob().in(MAIL));

		assertThat(hearAllSoFar()).doesNotContain(MAIL);
	}

	@Test
	void whatComesBackIsAnnounced() {
		ClaimedJob claimed = running(aJob().in(MAIL));
		hearAllSoFar();
		worker().handBack(claimed);
		this.signals.awaitReady(MAIL);
		worker().release(worker().on(MAIL).claimOne(), ReleaseReason.NACK, Duration.ZERO);
		this.signals.awaitReady(MAIL);
		worker().fail(worker().on(MAIL).claimOne(), Duration.ZERO);
		this.signals.awaitReady(MAIL);
		worker().fail(worker().on(MAIL).claimOne(), seconds(5));
		this.signals.awaitReady(MAIL);
	}

	@Test
	void recoveredJobsAreAnnounced() {
		running(aJob().in(MAIL));
		hearAllSoFar();
		passLease();
		recover();

		this.signals.awaitReady(MAIL);
	}

	@Test
	void promotionAnnouncesEachQueueOnce() {
		insertGroup(List.of(aJob().in(MAIL).delayedBy(TICK), aJob().in(MAIL).delayedBy(TICK)));
		insert(aJob().in(REPORTS).delayedBy(TICK));
		hearAllSoFar();
		pass(TICK);
		promote();

		assertThat(hearAllSoFar()).containsOnlyOnce(MAIL, REPORTS);
	}

	@Test
	void aPromotionOfNothingIsNoNews() {
		insert(aJob().in(MAIL).delayedBy(seconds(1)));
		hearAllSoFar();
		promote();

		assertThat(hearAllSoFar()).doesNotContain(MAIL);
	}

	@Test
	void whatAClaimMadeReadyAndLeftIsAnnounced() {
		insertGroup(List.of(aJob().in(MAIL).delayedBy(TICK), aJob().in(MAIL).delayedBy(TICK)));
		hearAllSoFar();
		pass(TICK);
		worker().on(MAIL).claimOne();

		this.signals.awaitReady(MAIL);
	}

	@Test
	void retriedAndRescheduledJobsAreAnnounced() {
		JobId id = insert(aJob().in(MAIL).delayedBy(hours(1)));
		hearAllSoFar();
		store().control().reschedule(List.of(id), Due.in(seconds(1)));
		this.signals.awaitReady(MAIL);
		store().control().reschedule(List.of(id), Due.NOW);
		this.signals.awaitReady(MAIL);
		store().control().cancel(List.of(id), "called off");
		store().control().retry(List.of(id));
		this.signals.awaitReady(MAIL);
	}

	@Test
	void aQueueThatHandsOutAgainIsAnnounced() {
		store().control().pause(MAIL, PauseMode.OUT);
		insert(aJob().in(MAIL));
		hearAllSoFar();
		store().control().resume(MAIL);

		this.signals.awaitReady(MAIL);
	}

	@Test
	void aTickIsAnnounced() {
		Schedule due = new Schedule("daily", "every 1d", "UTC", aJob().spec(), now());
		store().schedules().save(List.of(due));
		store().schedules().fire(due, now().plusSeconds(60), aJob().in(MAIL).toNewJob());

		this.signals.awaitReady(MAIL);
	}

	@Test
	void whoLosesALeaseToAnOperatorIsTold() {
		ClaimedJob cancelled = running(aJob().in(MAIL));
		store().control().cancel(List.of(cancelled.job().id()), "called off");
		this.signals.awaitRevoked(cancelled.job().id());
		ClaimedJob deleted = running(aJob().in(MAIL));
		store().control().delete(List.of(deleted.job().id()));
		this.signals.awaitRevoked(deleted.job().id());
	}

	@Test
	void whoLosesALeaseToTimeIsTold() {
		assumeThat(store().capabilities()).contains(StoreCapability.EXPIRY);
		ClaimedJob claimed = running(aJob().livingFor(seconds(1)));
		pass(seconds(1));
		expire();

		this.signals.awaitRevoked(claimed.job().id());
	}

	@Test
	void endsOfJobsThatDoNotRunRevokeNothing() {
		JobId waiting = insert(aJob().in(MAIL));
		store().control().cancel(List.of(waiting), "called off");
		store().control().delete(List.of(waiting));

		assertThat(hearAllSoFar()).doesNotContain(waiting);
	}

	@Test
	void aListenerThatThrowsDisturbsNobody() {
		HeardSignals second = new HeardSignals();
		try (Subscription bad = store().work().subscribe(new WorkerId("bad"), new Thrower());
				Subscription good = store().work().subscribe(new WorkerId("good"), second)) {
			assertThat(bad).isNotSameAs(good);
			for (int i = 0; i < 3; i++) {
				JobId id = insert(aJob().in(MAIL));
				this.signals.awaitReady(MAIL);
				second.awaitReady(MAIL);
				store().control().cancel(worker().on(MAIL).claimIds(1), "called off");
				this.signals.awaitRevoked(id);
				second.awaitRevoked(id);
			}
		}
	}

	@Test
	void whoHasEndedItsSubscriptionHearsNothing() {
		HeardSignals deaf = new HeardSignals();
		Subscription ended = store().work().subscribe(new WorkerId("deaf"), deaf);
		ended.close();
		ended.close();
		insert(aJob().in(MAIL));
		this.signals.awaitReady(MAIL);

		assertThat(deaf.pending()).isEmpty();
	}

	/** All that has been signalled since this was asked the last time. */
	private List<Object> hearAllSoFar() {
		insert(aJob().in(MARKER));
		this.signals.awaitReady(MARKER);
		List<Object> heard = this.signals.heard();
		this.signals.forget();
		return heard;
	}

	/**
	 * A listener as it must not be.
	 */
	private static final class Thrower implements StoreListener {

		@Override
		public void jobsReady(QueueName queue) {
			throw new IllegalStateException("thrown on purpose");
		}

		@Override
		public void leaseRevoked(JobId job) {
			throw new IllegalStateException("thrown on purpose");
		}

	}

}
