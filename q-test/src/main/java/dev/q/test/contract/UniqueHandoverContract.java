package dev.q.test.contract;

import java.util.List;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer.Entry;
import dev.q.store.Retention;
import dev.q.store.Schedule;
import dev.q.store.StoreCapability;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Keys that go from one job to the next in all scopes.
 *
 * @since 0.1
 */
public abstract class UniqueHandoverContract extends KeyTheme {

	@BeforeEach
	void onlyWhereJobsCanWaitForKeys() {
		assumeThat(store().capabilities()).contains(StoreCapability.UNIQUE_SCOPES, StoreCapability.UNIQUE_UPDATES);
	}

	@Test
	void deathIsNoEndForWhoWaitsForSuccess() {
		ClaimedJob first = running(again(Scope.UNTIL_SUCCESS));
		JobId second = insert(again());
		worker().bury(first);
		assertThat(state(second)).isEqualTo(JobState.BLOCKED);
		assertThat(enter(again())).isEqualTo(Entry.changed(second));

		store().control().retry(List.of(first.job().id()));
		worker().succeed(worker().claimOne());

		assertThat(worker().claimIds(1)).containsExactly(second);
	}

	@Test
	void whoWaitsForADeadJobFollowsItsPurge() {
		worker().bury(running(again(Scope.UNTIL_SUCCESS)));
		JobId second = insert(again());
		assertThat(state(second)).isEqualTo(JobState.BLOCKED);
		pass(days(100));
		purge(Retention.DEFAULT);

		assertThat(worker().claimIds(1)).containsExactly(second);
	}

	@Test
	void theOneThatFollowsHoldsTheKeyAsItWants() {
		ClaimedJob first = running(again());
		JobId second = insert(again(new Scope.Window(WINDOW)));
		pass(WINDOW);
		worker().succeed(first);
		worker().succeed(worker().claimOne());
		pass(WINDOW.minus(TICK));
		assertKeyIsHeldBy(second);
		pass(TICK);
		ClaimedJob third = running(again());
		insert(again(Scope.PENDING));
		worker().succeed(third);
		worker().claimOne();
		insert(aJob().uniqueBy(KEY));
	}

	@Test
	void afterAWindowTheNextOneBegins() {
		Scope window = new Scope.Window(WINDOW);
		worker().succeed(running(again(window)));
		JobId second = insert(again(window));
		assertThat(state(second)).isEqualTo(JobState.SCHEDULED);
		assertThat(job(second).times().runAt()).isEqualTo(now().plus(WINDOW));
		JobDraft third = again(window);
		assertThat(enter(third)).isEqualTo(Entry.changed(second));
		pass(WINDOW.minus(TICK));
		assertThat(worker().claim(1)).isEmpty();
		pass(TICK);

		ClaimedJob claimed = worker().claimOne();

		assertThat(claimed.job().spec()).isEqualTo(third.spec());
		worker().succeed(claimed);
		pass(WINDOW.minus(TICK));
		assertKeyIsHeldBy(second);
		pass(TICK);
		insert(aJob().uniqueBy(KEY));
	}

	@Test
	void aTickWaitsForTheOneBefore() {
		ClaimedJob first = running(again());
		Schedule due = new Schedule("often", "every 1s", "UTC", aJob().spec(), now());
		store().schedules().save(List.of(due));
		JobDraft tick = again();

		assertThat(store().schedules().fire(due, due.nextAt().plusSeconds(1), tick.toNewJob())).isTrue();

		assertThat(state(tick.id())).isEqualTo(JobState.BLOCKED);
		worker().succeed(first);
		assertThat(worker().claimIds(1)).containsExactly(tick.id());
	}

	@Test
	void aSecondNodeEndsTheWaitToo() {
		ClaimedJob first = running(again());
		JobId second = insert(again());

		HandWorker.of(secondNode(), "worker-1").succeed(first);

		assertThat(worker().claimIds(1)).containsExactly(second);
	}

}
