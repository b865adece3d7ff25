package dev.q.test.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer;
import dev.q.store.JobStore;
import dev.q.store.Retention;
import dev.q.store.StoreCapability;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Keys that are held for a span of time.
 *
 * @since 0.1
 */
public abstract class UniqueWindowContract extends KeyTheme {

	@BeforeEach
	void onlyWhereScopesAreKnown() {
		assumeThat(store().capabilities()).contains(StoreCapability.UNIQUE_SCOPES);
	}

	@Test
	void aWindowIsOverToTheMillisecond() {
		JobId first = insert(held(new Scope.Window(WINDOW)));
		pass(WINDOW.minus(TICK));
		assertKeyIsHeldBy(first);
		pass(TICK);

		JobId second = insert(held(new Scope.Window(WINDOW)));
		worker().claim(2).forEach(worker()::succeed);
		assertKeyIsHeldBy(second);
	}

	@Test
	void aWindowOutlivesItsJobHoweverItEnds() {
		Map<String, Consumer<ClaimedJob>> endings = endings();
		endings.forEach((name, ending) -> {
			QueueName queue = new QueueName(name);
			ClaimedJob claimed = running(held(new Scope.Window(WINDOW)).in(queue));
			ending.accept(claimed);
			JobDraft other = aJob().in(queue).uniqueBy(KEY);

			assertThat(enter(other)).as("after %s", name).isEqualTo(new InsertAnswer.Entry(claimed.job().id(), false));
		});
		expire();
		pass(WINDOW);
		expire();
		endings.keySet().forEach((name) -> insert(aJob().in(new QueueName(name)).uniqueBy(KEY)));
	}

	private Map<String, Consumer<ClaimedJob>> endings() {
		HandWorker forgetful = worker().keeping(NOTHING);
		return Map.of("success", worker()::succeed, "success-unkept", forgetful::succeed, "death", worker()::bury,
				"death-unkept", forgetful::bury, "called-off", worker()::callOff, "cancelled",
				(job) -> store().control().cancel(List.of(job.job().id()), "called off"), "deleted",
				(job) -> store().control().delete(List.of(job.job().id())));
	}

	@Test
	void aWindowOutlivesThePurgeOfItsJob() {
		ClaimedJob job = running(held(new Scope.Window(days(3))));
		worker().succeed(job);
		pass(days(2));
		assertThat(purge(Retention.DEFAULT)).isOne();
		assertThat(isKnown(job.job().id())).isFalse();

		assertKeyIsHeldBy(job.job().id());
	}

	@Test
	void theEndOfAJobWhoseWindowIsOverFreesNothing() {
		ClaimedJob first = running(held(new Scope.Window(seconds(1))).leasedFor(hours(1)));
		pass(seconds(1));
		JobId second = insert(aJob().uniqueBy(KEY));

		worker().succeed(first);

		assertKeyIsHeldBy(second);
	}

	@Test
	void aDelayedJobDoesNotDelayItsWindow() {
		insert(held(new Scope.Window(seconds(1))).delayedBy(hours(1)));
		pass(seconds(1));

		assertKeyIsFree();
	}

	@Test
	void aRetryTakesNoWindowAgainAndIsRefusedForNone() {
		ClaimedJob first = running(held(new Scope.Window(seconds(1))));
		worker().bury(first);
		pass(seconds(1));
		JobId holder = insert(aJob().uniqueBy(KEY).delayedBy(hours(1)));

		assertThat(store().control().retry(List.of(first.job().id()))).hasSize(1);
		assertKeyIsHeldBy(holder);
		worker().succeed(worker().claimOne());
		assertKeyIsHeldBy(holder);
	}

	@Test
	void aJobWhoseKeyHasAWindowMeanwhileCannotBeRetried() {
		ClaimedJob dead = running(aJob().uniqueBy(KEY));
		worker().bury(dead);
		worker().succeed(running(held(new Scope.Window(WINDOW))));

		assertThat(store().control().retry(List.of(dead.job().id()))).isEmpty();
		pass(WINDOW);
		assertThat(store().control().retry(List.of(dead.job().id()))).hasSize(1);
		assertKeyIsHeldBy(dead.job().id());
	}

	@Test
	void theLongestWindowIsForEver() {
		JobId id = insert(held(new Scope.Window(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))));
		pass(days(10_000));
		expire();

		assertKeyIsHeldBy(id);
	}

	@Test
	void aSecondNodeSeesEveryScope() {
		JobId dead = running(held(Scope.UNTIL_SUCCESS)).job().id();
		JobDraft draft = held(new Scope.Window(WINDOW)).in(MAIL);
		insert(draft);

		assertThat(offerTo(secondNode(), aJob().uniqueBy(KEY))).isEqualTo(new InsertAnswer.Entry(dead, false));
		assertThat(offerTo(secondNode(), aJob().in(MAIL).uniqueBy(KEY)))
			.isEqualTo(new InsertAnswer.Entry(draft.id(), false));
	}

	private static InsertAnswer.Entry offerTo(JobStore node, JobDraft draft) {
		InsertAnswer answer = node.work().insert(List.of(group(0, List.of(draft)))).get(0);
		return ((InsertAnswer.Accepted) answer).jobs().get(0);
	}

	@Test
	void manyWindowsThatAreOverAreForgottenAndFreeTheirKeys() {
		int count = 3000;
		for (int i = 0; i < count; i += 1000) {
			int from = i;
			insertGroup(IntStream.range(from, from + 1000)
				.mapToObj((n) -> aJob().uniqueBy("key-" + n, new Scope.Window(seconds(1)), Conflict.THROW))
				.toList());
		}
		pass(seconds(1));
		List<Job> expired = expire();
		expire();
		expire();

		assertThat(expired).isEmpty();
		assertThat(stats(DEFAULT).waiting()).isEqualTo(count);
		insert(aJob().uniqueBy("key-0"), aJob().uniqueBy("key-2999"));
	}

}
