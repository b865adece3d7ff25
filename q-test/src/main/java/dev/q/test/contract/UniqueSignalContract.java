package dev.q.test.contract;

import java.util.List;
import java.util.function.Consumer;

import dev.q.job.JobId;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.ClaimedJob;
import dev.q.store.JobStore;
import dev.q.store.Retention;
import dev.q.store.StoreCapability;
import dev.q.store.Subscription;
import dev.q.test.HandWorker;
import dev.q.test.HeardSignals;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Who waits for jobs is told of one that has its key now, whatever took it from the job
 * before. For stores that signal at all.
 *
 * @since 0.1
 */
public abstract class UniqueSignalContract extends KeyTheme {

	@BeforeEach
	void onlyWhereJobsCanWaitForKeys() {
		assumeThat(store().capabilities()).contains(StoreCapability.UNIQUE_SCOPES, StoreCapability.UNIQUE_UPDATES);
	}

	@Test
	void whatFollowsASuccessIsAnnounced() {
		afterARunningJob((first) -> worker().succeed(first));
	}

	@Test
	void whatFollowsADeathIsAnnounced() {
		afterARunningJob((first) -> worker().bury(first));
	}

	@Test
	void whatFollowsACancelledJobIsAnnounced() {
		afterARunningJob((first) -> store().control().cancel(List.of(first.job().id()), "called off"));
	}

	@Test
	void whatFollowsADeletedJobIsAnnounced() {
		afterARunningJob((first) -> store().control().delete(List.of(first.job().id())));
	}

	@Test
	void whatFollowsALostJobIsAnnounced() {
		afterARunningJob((first) -> {
			passLease();
			recover();
		});
	}

	@Test
	void whatFollowsAnExpiredJobIsAnnounced() {
		assumeThat(store().capabilities()).contains(StoreCapability.EXPIRY);
		ClaimedJob first = running(holder(Scope.UNTIL_DONE).livingFor(seconds(1)));
		assertThat(first.job().times().expiresAt()).isNotNull();

		after(() -> {
			pass(seconds(1));
			expire();
		});
	}

	@Test
	void whatFollowsADeadJobIsAnnouncedWhenThatIsDeleted() {
		afterADeadJob((first) -> store().control().delete(List.of(first)));
	}

	@Test
	void whatFollowsADeadJobIsAnnouncedWhenThatIsForgotten() {
		afterADeadJob((first) -> assertThat(store().control().forget(MAIL, List.of(first))).hasSize(1));
	}

	@Test
	void whatFollowsADeadJobIsAnnouncedWhenThatIsPurged() {
		afterADeadJob((first) -> {
			pass(days(100));
			purge(Retention.DEFAULT);
		});
	}

	@Test
	void aSecondNodeIsToldToo() {
		JobId first = running(holder(Scope.UNTIL_DONE)).job().id();

		afterwards(secondNode(), () -> store().control().cancel(List.of(first), "called off"));
	}

	private void afterARunningJob(Consumer<ClaimedJob> ending) {
		ClaimedJob first = running(holder(Scope.UNTIL_DONE).survivingLessThan(1));
		after(() -> ending.accept(first));
	}

	private void afterADeadJob(Consumer<JobId> ending) {
		ClaimedJob first = running(holder(Scope.UNTIL_SUCCESS));
		worker().bury(first);
		after(() -> ending.accept(first.job().id()));
	}

	private static JobDraft holder(Scope scope) {
		return aJob().in(MAIL).uniqueBy(KEY, scope, Conflict.RETURN_EXISTING);
	}

	private void after(Runnable ending) {
		afterwards(store(), ending);
	}

	/** Looks for jobs at each signal, as workers do, until there is what followed. */
	private void afterwards(JobStore node, Runnable ending) {
		JobId second = insert(again().in(MAIL));
		HandWorker waiting = HandWorker.of(node, "waiting").on(MAIL);
		HeardSignals signals = new HeardSignals();
		try (Subscription subscription = node.work().subscribe(waiting.id(), signals)) {
			assumeThat(subscription).isNotSameAs(Subscription.NONE);
			List<JobId> found = waiting.claimIds(1);
			assertThat(found).isEmpty();

			ending.run();

			while (found.isEmpty()) {
				signals.awaitReady(MAIL);
				found = waiting.claimIds(1);
			}
			assertThat(found).containsExactly(second);
		}
	}

}
