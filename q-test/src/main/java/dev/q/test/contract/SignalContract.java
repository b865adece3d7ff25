package dev.q.test.contract;

import java.time.Duration;
import java.util.List;

import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.store.ClaimedJob;
import dev.q.store.PauseMode;
import dev.q.store.Schedule;
import dev.q.store.StoreCapability;
import dev.q.store.Subscription;
import dev.q.test.HandWorker;
import dev.q.test.HeardSignals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * What a store tells those who wait, which are those whose last claim of a queue brought
 * less than it asked for. For stores that signal at all.
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
		this.subscription = store().work().subscribe(worker().id(), this.signals);
		assumeThat(this.subscription).isNotSameAs(Subscription.NONE);
	}

	@AfterEach
	void unsubscribe() {
		this.subscription.close();
	}

	@Test
	void readyJobsAreAnnounced() {
		waitForJobs();
		insert(aJob().in(MAIL));

		this.signals.awaitReady(MAIL);
	}

	@Test
	void everyQueueOfACallIsAnnounced() {
		waitForJobs();
		store().work().insert(List.of(group(0, List.of(aJob().in(MAIL))), group(0, List.of(aJob().in(REPORTS)))));

		this.signals.awaitReady(MAIL);
		this.signals.awaitReady(REPORTS);
	}

	@Test
	void aJobThatIsTheFirstToBeDueIsAnnounced() {
		waitForJobs();
		insert(aJob().in(MAIL).delayedBy(hours(2)));
		this.signals.awaitReady(MAIL);

		waitForJobs();
		insert(aJob().in(MAIL).delayedBy(hours(1)));

		this.signals.awaitReady(MAIL);
	}

	@Test
	void aJobThatIsNotTheFirstToBeDueIsNoNews() {
		insert(aJob().in(MAIL).delayedBy(hours(1)));
		hearAllSoFar();
		waitForJobs();

		insert(aJob().in(MAIL).delayedBy(hours(2)));

		assertThat(hearAllSoFar()).doesNotContain(MAIL);
	}

	@Test
	void nothingThatIsRefusedIsAnnounced() {
		var draft = aJob().in(MAIL).delayedBy(hours(1));
		insert(draft);
		hearAllSoFar();
		waitForJobs();

		enter(draft);
		offer(1, aJob().in(MAIL));

		assertThat(hearAllSoFar()).doesNotContain(MAIL);
	}

	@Test
	void whatComesBackIsAnnounced() {
		ClaimedJob claimed = running(aJob().in(MAIL));
		waitForJobs();
		worker().handBack(claimed);
		this.signals.awaitReady(MAIL);
		claimed = worker().on(MAIL).claimOne();
		waitForJobs();
		worker().release(claimed, ReleaseReason.NACK, Duration.ZERO);
		this.signals.awaitReady(MAIL);
		claimed = worker().on(MAIL).claimOne();
		waitForJobs();
		worker().fail(claimed, Duration.ZERO);
		this.signals.awaitReady(MAIL);
		claimed = worker().on(MAIL).claimOne();
		waitForJobs();
		worker().fail(claimed, seconds(5));
		this.signals.awaitReady(MAIL);
	}

	@Test
	void recoveredJobsAreAnnounced() {
		running(aJob().in(MAIL));
		waitForJobs();
		passLease();
		recover();

		this.signals.awaitReady(MAIL);
	}

	@Test
	void promotionAnnouncesEachQueueOnce() {
		insertGroup(List.of(aJob().in(MAIL).delayedBy(TICK), aJob().in(MAIL).delayedBy(TICK)));
		insert(aJob().in(REPORTS).delayedBy(TICK));
		hearAllSoFar();
		waitForJobs();
		pass(TICK);
		promote();

		assertThat(hearAllSoFar()).containsOnlyOnce(MAIL, REPORTS);
	}

	@Test
	void aPromotionOfNothingIsNoNews() {
		insert(aJob().in(MAIL).delayedBy(seconds(1)));
		hearAllSoFar();
		waitForJobs();
		promote();

		assertThat(hearAllSoFar()).doesNotContain(MAIL);
	}

	@Test
	void whatAClaimMadeReadyAndLeftIsAnnounced() {
		insertGroup(List.of(aJob().in(MAIL).delayedBy(TICK), aJob().in(MAIL).delayedBy(TICK)));
		hearAllSoFar();
		waitForJobs();
		pass(TICK);
		worker("another").on(MAIL).claimOne();

		this.signals.awaitReady(MAIL);
	}

	@Test
	void retriedAndRescheduledJobsAreAnnounced() {
		JobId id = insert(aJob().in(MAIL).delayedBy(hours(1)));
		waitForJobs();
		store().control().reschedule(List.of(id), Due.in(seconds(1)));
		this.signals.awaitReady(MAIL);
		waitForJobs();
		store().control().reschedule(List.of(id), Due.NOW);
		this.signals.awaitReady(MAIL);
		store().control().cancel(List.of(id), "called off");
		waitForJobs();
		store().control().retry(List.of(id));
		this.signals.awaitReady(MAIL);
	}

	@Test
	void aQueueThatHandsOutAgainIsAnnounced() {
		store().control().pause(MAIL, PauseMode.OUT);
		insert(aJob().in(MAIL));
		waitForJobs();
		store().control().resume(MAIL);

		this.signals.awaitReady(MAIL);
	}

	@Test
	void aTickIsAnnounced() {
		Schedule due = new Schedule("daily", "every 1d", "UTC", aJob().in(MAIL).spec(), now());
		store().schedules().save(List.of(due));
		waitForJobs();
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
	void whoCanTakeNothingLeavesItToAnother() {
		HandWorker busy = worker("busy");
		HandWorker idle = worker("idle");
		HeardSignals heard = new HeardSignals();
		try (Subscription first = store().work().subscribe(busy.id(), (queue) -> false);
				Subscription second = store().work().subscribe(idle.id(), heard)) {
			assertThat(first).isNotSameAs(second);
			for (int i = 0; i < 3; i++) {
				idle.on(MAIL).claim(10);
				busy.on(MAIL).claim(10);
				insert(aJob().in(MAIL));
				heard.awaitReady(MAIL);
			}
		}
	}

	@Test
	void aListenerThatThrowsDisturbsNobody() {
		HeardSignals second = new HeardSignals();
		try (Subscription bad = store().work().subscribe(worker().id(), new ThrowingListener());
				Subscription good = store().work().subscribe(worker().id(), second)) {
			assertThat(bad).isNotSameAs(good);
			for (int i = 0; i < 3; i++) {
				waitForJobs();
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
		Subscription ended = store().work().subscribe(worker().id(), deaf);
		ended.close();
		ended.close();
		waitForJobs();
		insert(aJob().in(MAIL));
		this.signals.awaitReady(MAIL);

		assertThat(deaf.pending()).isEmpty();
	}

	/** Asks for jobs in vain, as a worker does that is to be told from then on. */
	private void waitForJobs() {
		assertThat(worker().on(MAIL, REPORTS).claim(10)).isEmpty();
	}

	/** All that has been signalled since this was asked the last time. */
	private List<Object> hearAllSoFar() {
		HandWorker marking = worker().on(MARKER);
		assertThat(marking.claim(10)).isEmpty();
		insert(aJob().in(MARKER));
		this.signals.awaitReady(MARKER);
		marking.succeed(marking.claimOne());
		List<Object> heard = this.signals.heard();
		this.signals.forget();
		return heard;
	}

}
