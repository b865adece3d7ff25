package dev.q.test.postgres;

import java.time.Duration;
import java.util.List;

import dev.q.job.Outcome;
import dev.q.job.StoredResult;
import dev.q.job.history.AttemptOutcome;
import dev.q.job.history.AttemptRecord;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is noted of attempts, in transactions of callers and in rows.
 */
class AttemptNoteTests {

	private final PostgresTarget target = PostgresTarget.shared();

	private final PostgresStoreFixture fixture = new PostgresStoreFixture(this.target);

	private final TransactionTemplate transaction = new TransactionTemplate(
			new JdbcTransactionManager(this.target.pool()));

	private final HandWorker worker = HandWorker.of(this.fixture.store(), "w-1");

	@AfterEach
	void close() {
		new Invariants(this.fixture).check();
		this.fixture.close();
	}

	@Test
	void aSettlementThatIsRolledBackAddsNothing() {
		ClaimedJob claimed = running();
		for (Outcome outcome : List.of(new Outcome.Succeeded(StoredResult.NONE),
				new Outcome.Retry(Duration.ZERO, HandWorker.FAILURE), new Outcome.Cancelled("called off"))) {
			this.transaction.executeWithoutResult((status) -> {
				assertThat(settle(claimed, outcome)).isEqualTo(LeaseAnswer.APPLIED);
				status.setRollbackOnly();
			});

			assertThat(outcomes(claimed)).as("after %s", outcome).containsExactly(AttemptOutcome.RUNNING);
		}
		assertThat(rows()).isZero();
	}

	@Test
	void aSettlementInATransactionIsNotedWithItsCommit() {
		ClaimedJob claimed = running();
		this.transaction
			.executeWithoutResult((status) -> settle(claimed, new Outcome.Retry(Duration.ZERO, HandWorker.FAILURE)));
		ClaimedJob again = this.worker.claimOne();
		this.transaction.executeWithoutResult((status) -> settle(again, new Outcome.Succeeded(StoredResult.NONE)));

		assertThat(outcomes(claimed)).containsExactly(AttemptOutcome.FAILED, AttemptOutcome.SUCCEEDED);
		assertThat(rows()).isEqualTo(1);
	}

	@Test
	void jobsThatSucceedAtOnceLeaveNoRow() {
		for (int i = 0; i < 10; i++) {
			ClaimedJob claimed = running();
			assertThat(this.worker.renew(claimed)).isEqualTo(LeaseAnswer.APPLIED);
			this.worker.succeed(claimed);
		}

		assertThat(rows()).isZero();
	}

	@Test
	void aRowThatIsInTheWayHoldsUpNobody() {
		ClaimedJob claimed = running();
		this.fixture.jdbc()
			.update("insert into %s.q_attempt (id, queue, number, outcome) values (?, 'default', 1, 'LOST')"
				.formatted(this.fixture.schema()), claimed.job().id().value());

		assertThat(this.worker.fail(claimed, Duration.ZERO)).isEqualTo(LeaseAnswer.APPLIED);

		assertThat(outcomes(claimed)).containsExactly(AttemptOutcome.FAILED);
	}

	private ClaimedJob running() {
		this.fixture.store().work().insert(List.of(InsertGroup.of(List.of(JobDraft.aJob().toNewJob()))));
		return this.worker.claimOne();
	}

	private LeaseAnswer settle(ClaimedJob job, Outcome outcome) {
		return this.fixture.store()
			.transaction()
			.orElseThrow()
			.settle(List.of(new Settlement(job.lease(), outcome)), Retention.DEFAULT)
			.get(0);
	}

	private List<AttemptOutcome> outcomes(ClaimedJob claimed) {
		return this.fixture.store()
			.catalog()
			.attempts(claimed.lease().queue(), claimed.job().id())
			.stream()
			.map(AttemptRecord::outcome)
			.toList();
	}

	private Integer rows() {
		return this.fixture.jdbc()
			.queryForObject("select count(*) from %s.q_attempt".formatted(this.fixture.schema()), Integer.class);
	}

}
