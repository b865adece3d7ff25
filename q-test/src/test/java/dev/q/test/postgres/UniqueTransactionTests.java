package dev.q.test.postgres;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer.Accepted;
import dev.q.store.InsertAnswer.Entry;
import dev.q.store.InsertGroup;
import dev.q.store.JobControl;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.TransactionStore;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Unique keys in transactions that stay open for a while.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class UniqueTransactionTests {

	private static final String KEY = "customer-42";

	private static final Duration LONG = Duration.ofSeconds(5);

	private final PostgresTarget target = PostgresTarget.shared();

	private final PostgresStoreFixture fixture = new PostgresStoreFixture(this.target);

	private final PlatformTransactionManager manager = new JdbcTransactionManager(this.target.pool());

	private final TransactionTemplate transaction = new TransactionTemplate(this.manager);

	private final HandWorker worker = HandWorker.of(this.fixture.store(), "w-1");

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anEnqueueWaitsForTheCompletionOfTheHolder(boolean commits) {
		ClaimedJob first = running();
		JobDraft second = keyed(Conflict.RUN_AGAIN_AFTER);
		CompletableFuture<Entry> entry = inTransaction(commits, () -> {
			assertThat(complete(first)).isEqualTo(LeaseAnswer.APPLIED);
			return whoWaits(() -> enter(second));
		});

		assertThat(entry.join()).isEqualTo(new Entry(second.id(), true));
		assertThat(state(second.id())).isEqualTo(commits ? JobState.READY : JobState.BLOCKED);
		assertThat(this.worker.succeed(first)).isEqualTo(commits ? LeaseAnswer.LOST : LeaseAnswer.APPLIED);
		assertThat(this.worker.claimIds(2)).containsExactly(second.id());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aCompletionWaitsForTheEnqueueThatIsToFollowIt(boolean commits) {
		ClaimedJob first = running();
		JobDraft second = keyed(Conflict.RUN_AGAIN_AFTER);
		CompletableFuture<LeaseAnswer> answer = inTransaction(commits, () -> {
			assertThat(enter(transactional(), second)).isEqualTo(new Entry(second.id(), true));
			return whoWaits(() -> this.worker.succeed(first));
		});

		assertThat(answer.join()).isEqualTo(LeaseAnswer.APPLIED);
		assertThat(this.worker.claimIds(2)).isEqualTo(commits ? List.of(second.id()) : List.of());
	}

	@Test
	void anEditIsRefusedOfAJobThatAnotherOneOfItsKeyGaveAnotherType() {
		JobDraft first = keyed(Conflict.THROW);
		enter(first);
		Job seen = this.fixture.store().catalog().find(List.of(first.id())).get(0).job();
		JobDraft second = keyed(Conflict.REPLACE_PAYLOAD).carrying(first.spec().payload())
			.ofType(new TypeName("other"));
		JobSpec wanted = seen.spec().withPriority(1);
		CompletableFuture<JobControl.EditAnswer> answer = inTransaction(true, () -> {
			assertThat(enter(transactional(), second)).isEqualTo(Entry.changed(first.id()));
			return whoWaits(() -> this.fixture.store()
				.control()
				.edit(new JobControl.Edit(seen, wanted, JobControl.Edit.Then.STAY)));
		});

		assertThat(answer.join()).isEqualTo(JobControl.EditAnswer.CHANGED);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aJobIsNotClaimedWhileItsPayloadIsReplaced(boolean commits) {
		JobDraft first = keyed(Conflict.THROW);
		enter(first);
		JobDraft second = keyed(Conflict.REPLACE_PAYLOAD);
		inTransaction(commits, () -> {
			assertThat(enter(transactional(), second)).isEqualTo(Entry.changed(first.id()));
			assertThat(this.worker.claim(1)).isEmpty();
			return first;
		});

		assertThat(this.worker.claimOne().job().spec().payload())
			.isEqualTo((commits ? second : first).spec().payload());
	}

	@Test
	void whatFollowsALongCompletionIsFoundThoughOthersWentAhead() {
		ClaimedJob first = running();
		JobDraft second = keyed(Conflict.RUN_AGAIN_AFTER);
		enter(second);
		inTransaction(true, () -> {
			complete(first);
			return outside(() -> {
				for (int i = 0; i < 10; i++) {
					this.fixture.advance(LONG);
					JobDraft other = JobDraft.aJob();
					enter(other);
					assertThat(this.worker.claimIds(1)).containsExactly(other.id());
				}
				return second;
			});
		});

		assertThat(this.worker.claimIds(1)).containsExactly(second.id());
	}

	@Test
	void aJobThatIsToRunAtOnceAfterALongTransactionIsFoundThoughOthersWentAhead() {
		JobDraft first = keyed(Conflict.THROW).delayedBy(Duration.ofHours(1));
		enter(first);
		inTransaction(true, () -> {
			assertThat(enter(transactional(), keyed(Conflict.RESCHEDULE))).isEqualTo(Entry.changed(first.id()));
			return outside(() -> {
				for (int i = 0; i < 10; i++) {
					this.fixture.advance(LONG);
					JobDraft other = JobDraft.aJob();
					enter(other);
					assertThat(this.worker.claimIds(1)).containsExactly(other.id());
				}
				return first;
			});
		});

		assertThat(this.worker.claimIds(1)).containsExactly(first.id());
	}

	@ParameterizedTest
	@EnumSource(names = { "REPLACE_PAYLOAD", "RESCHEDULE", "RUN_AGAIN_AFTER" })
	void aReadyJobIsFoundThoughClaimsWentPastItWhileItWasHeld(Conflict conflict) {
		JobDraft first = keyed(Conflict.THROW);
		enter(first);
		findNothing(this.worker.on(new QueueName("other")));
		inTransaction(true, () -> {
			assertThat(enter(transactional(), keyed(conflict))).isEqualTo(Entry.changed(first.id()));
			return outside(() -> findNothing(this.worker));
		});

		assertThat(this.worker.claimIds(1)).containsExactly(first.id());
	}

	@Test
	void aWindowEndsByTheClockThoughThatIsSetBack() {
		JobDraft first = JobDraft.aJob().uniqueBy(KEY, new Scope.Window(Duration.ofHours(1)), Conflict.THROW);
		enter(first);
		this.fixture.advance(Duration.ofHours(-1));
		this.fixture.store().maintenance().expire(1);
		this.fixture.advance(Duration.ofHours(2).minusMillis(1));
		assertThat(enter(keyed(Conflict.THROW))).isEqualTo(new Entry(first.id(), false));

		this.fixture.advance(Duration.ofMillis(1));

		JobDraft second = keyed(Conflict.THROW);
		assertThat(enter(second)).isEqualTo(new Entry(second.id(), true));
	}

	/** Often enough to know that all that was stored before is settled. */
	private static HandWorker findNothing(HandWorker worker) {
		for (int i = 0; i < 4; i++) {
			assertThat(worker.claim(1)).isEmpty();
		}
		return worker;
	}

	private ClaimedJob running() {
		enter(keyed(Conflict.THROW));
		return this.worker.claimOne();
	}

	private static JobDraft keyed(Conflict conflict) {
		return JobDraft.aJob().uniqueBy(KEY, Scope.UNTIL_DONE, conflict);
	}

	private <T> T inTransaction(boolean commits, Supplier<T> action) {
		return this.transaction.execute((TransactionStatus status) -> {
			if (!commits) {
				status.setRollbackOnly();
			}
			return action.get();
		});
	}

	private <T> T outside(Supplier<T> action) {
		TransactionTemplate outside = new TransactionTemplate(this.manager);
		outside.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
		return outside.execute((status) -> action.get());
	}

	/** Does something on another thread that does not come to an end now. */
	private <T> CompletableFuture<T> whoWaits(Supplier<T> action) {
		return LockWait.of(this.target, this.fixture.schema(), action);
	}

	private Entry enter(JobDraft draft) {
		return ((Accepted) this.fixture.store()
			.work()
			.insert(List.of(InsertGroup.of(List.of(draft.toNewJob()))))
			.get(0)).jobs().get(0);
	}

	private TransactionStore transactional() {
		return this.fixture.store().transaction().orElseThrow();
	}

	private static Entry enter(TransactionStore store, JobDraft draft) {
		return ((Accepted) store.insert(List.of(InsertGroup.of(List.of(draft.toNewJob())))).get(0)).jobs().get(0);
	}

	private LeaseAnswer complete(ClaimedJob job) {
		Settlement settlement = new Settlement(job.lease(), new Outcome.Succeeded(StoredResult.NONE));
		return transactional().settle(List.of(settlement), Retention.DEFAULT).get(0);
	}

	private JobState state(JobId id) {
		return this.fixture.store().catalog().find(List.of(id)).get(0).job().state();
	}

}
