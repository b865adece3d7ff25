package dev.q.test.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer;
import dev.q.store.Retention;
import dev.q.store.StoreCapability;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * How long keys are held.
 *
 * @since 0.1
 */
public abstract class UniqueScopeContract extends KeyTheme {

	@BeforeEach
	void onlyWhereScopesAreKnown() {
		assumeThat(store().capabilities()).contains(StoreCapability.UNIQUE_SCOPES);
	}

	@Test
	void aJobIsReadAsItWasWritten() {
		for (Scope scope : List.of(Scope.PENDING, Scope.UNTIL_SUCCESS, Scope.UNTIL_DONE, new Scope.Window(WINDOW),
				new Scope.Window(Duration.ofNanos(1)), new Scope.Window(Duration.ofSeconds(Long.MAX_VALUE)))) {
			for (Conflict conflict : Conflict.values()) {
				JobDraft draft = aJob().uniqueBy("of " + scope + conflict, scope, conflict);
				insert(draft);

				assertThat(job(draft.id()).spec()).isEqualTo(draft.spec());
				assertThat(worker().claimOne().job().spec()).isEqualTo(draft.spec());
			}
		}
	}

	@Test
	void aPendingKeyIsFreeFromTheFirstClaimOn() {
		JobId first = insert(held(Scope.PENDING).delayedBy(seconds(1)));
		assertKeyIsHeldBy(first);
		pass(seconds(1));
		promote();
		assertKeyIsHeldBy(first);
		worker().claimOne();

		JobId second = insert(held(Scope.PENDING));
		assertKeyIsHeldBy(second);
	}

	@Test
	void aPendingKeyIsNeverTakenAgain() {
		ClaimedJob first = running(held(Scope.PENDING));
		worker().handBack(first);
		assertKeyIsFree();
		worker().fail(worker().claimOne(), Duration.ZERO);
		assertKeyIsFree();
		worker().bury(worker().claimOne());
		JobId other = insert(held(Scope.PENDING));

		assertThat(store().control().retry(List.of(first.job().id()))).containsExactly(first.job().id());
		assertKeyIsHeldBy(other);
		worker().claim(2).forEach(worker()::succeed);
		assertKeyIsFree();
	}

	@Test
	void theEndOfAJobThatHadAPendingKeyFreesNothing() {
		ClaimedJob first = running(held(Scope.PENDING));
		JobId second = insert(held(Scope.PENDING));

		worker().succeed(first);

		assertKeyIsHeldBy(second);
	}

	@Test
	void aPendingJobThatEndsBeforeItsClaimLetsGoAndTakesItsKeyAgain() {
		JobId id = insert(held(Scope.PENDING));
		store().control().cancel(List.of(id), "called off");
		assertKeyIsFree();

		store().control().retry(List.of(id));

		assertKeyIsHeldBy(id);
		store().control().cancel(List.of(id), "called off");
		insert(aJob().uniqueBy(KEY));
		assertThat(store().control().retry(List.of(id))).isEmpty();
	}

	@Test
	void deathDoesNotFreeAKeyThatIsHeldUntilSuccess() {
		ClaimedJob job = running(held(Scope.UNTIL_SUCCESS));
		worker().bury(job);
		assertKeyIsHeldBy(job.job().id());
		pass(days(1));
		purge(Retention.DEFAULT);
		assertKeyIsHeldBy(job.job().id());

		store().control().retry(List.of(job.job().id()));
		assertKeyIsHeldBy(job.job().id());
		ClaimedJob again = worker().claimOne();
		assertKeyIsHeldBy(job.job().id());
		worker().succeed(again);

		assertKeyIsFree();
	}

	@Test
	void aCrashIsADeathToo() {
		ClaimedJob job = running(held(Scope.UNTIL_SUCCESS).survivingLessThan(1));
		passLease();
		recover();

		assertThat(state(job.job().id())).isEqualTo(JobState.DEAD);
		assertKeyIsHeldBy(job.job().id());
	}

	@Test
	void aDeadJobThatIsPurgedLetsGo() {
		worker().bury(running(held(Scope.UNTIL_SUCCESS)));
		pass(days(100));
		assertThat(purge(Retention.DEFAULT)).isOne();

		assertKeyIsFree();
	}

	@Test
	void whateverElseEndsAJobFreesAKeyThatIsHeldUntilSuccess() {
		endings().forEach((name, ending) -> {
			QueueName queue = new QueueName(name);
			ClaimedJob claimed = running(held(Scope.UNTIL_SUCCESS).in(queue));

			ending.accept(claimed);

			JobDraft next = aJob().in(queue).uniqueBy(KEY);
			assertThat(enter(next)).as("after %s", name).isEqualTo(new InsertAnswer.Entry(next.id(), true));
		});
	}

	private Map<String, Consumer<ClaimedJob>> endings() {
		HandWorker forgetful = worker().keeping(NOTHING);
		Map<String, Consumer<ClaimedJob>> endings = new TreeMap<>();
		endings.put("success", worker()::succeed);
		endings.put("success-unkept", forgetful::succeed);
		endings.put("death-unkept", forgetful::bury);
		endings.put("called-off", worker()::callOff);
		endings.put("cancelled", (job) -> store().control().cancel(List.of(job.job().id()), "called off"));
		endings.put("deleted", (job) -> store().control().delete(List.of(job.job().id())));
		endings.put("dead-and-deleted", (job) -> {
			worker().bury(job);
			store().control().delete(List.of(job.job().id()));
		});
		endings.put("dead-and-cancelled-again", (job) -> {
			worker().bury(job);
			store().control().retry(List.of(job.job().id()));
			store().control().cancel(List.of(job.job().id()), "called off");
		});
		return endings;
	}

	@Test
	void anExpiredJobLetsGoOfAKeyThatIsHeldUntilSuccess() {
		insert(held(Scope.UNTIL_SUCCESS).livingFor(seconds(1)));
		pass(seconds(1));
		expire();

		assertKeyIsFree();
	}

	@Test
	void aResentJobFreesNoKey() {
		for (Scope scope : List.of(Scope.UNTIL_SUCCESS, new Scope.Window(WINDOW))) {
			QueueName queue = new QueueName("queue-" + scope.getClass().getSimpleName());
			JobDraft draft = held(scope).in(queue);
			worker().bury(running(draft));

			assertThat(enter(draft)).isEqualTo(new InsertAnswer.Entry(draft.id(), false));
			assertThat(enter(draft.with(draft.spec().withUnique(UniqueKey.of(KEY)))))
				.isEqualTo(new InsertAnswer.Entry(draft.id(), false));

			assertThat(enter(aJob().in(queue).uniqueBy(KEY))).isEqualTo(new InsertAnswer.Entry(draft.id(), false));
		}
	}

}
