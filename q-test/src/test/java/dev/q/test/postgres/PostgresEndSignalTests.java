package dev.q.test.postgres;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreListener.Ended;
import dev.q.store.StoreListener.Ends;
import dev.q.store.TransactionStore;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresStore;
import dev.q.test.HandWorker;
import dev.q.test.HeardEnds;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ends of jobs are told when they are committed, unless a node only looks.
 */
class PostgresEndSignalTests {

	private final PostgresTarget target = PostgresTarget.shared();

	private PostgresStoreFixture fixture;

	@BeforeEach
	void open() {
		this.fixture = new PostgresStoreFixture(this.target);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void anEndInATransactionIsToldAfterItsCommit() {
		JobStore other = this.fixture.reopen();
		HeardEnds heard = new HeardEnds();
		this.fixture.store().catalog().hearEnds(heard);
		other.catalog().hearEnds(new HeardEnds());
		heard.awaitKnown(this.fixture.store(), other);
		JobId kept = put(other);
		ClaimedJob claimed = HandWorker.of(other, "w").claimOne();
		this.fixture.store().catalog().expectEnds(QueueName.DEFAULT, List.of(kept));
		heard.awaitKnown(this.fixture.store(), other);
		Settlement done = new Settlement(claimed.lease(), new Outcome.Succeeded(StoredResult.NONE));
		TransactionStore joined = other.transaction().orElseThrow();

		transactions().executeWithoutResult((status) -> {
			joined.settle(List.of(done), Retention.DEFAULT);
			status.setRollbackOnly();
		});
		heard.awaitKnown(this.fixture.store(), other);
		assertThat(heard.pending()).isEmpty();
		transactions().executeWithoutResult((status) -> {
			joined.settle(List.of(done), Retention.DEFAULT);
			heard.awaitKnown(this.fixture.store(), other);
			assertThat(heard.pending()).isEmpty();
		});

		assertThat(heard.await(kept).state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void whoeverListensHearsOfAWireThatWasMended() throws InterruptedException {
		CountDownLatch connected = new CountDownLatch(2);
		this.fixture.reopen().catalog().hearEnds(new Ends() {

			@Override
			public void ended(Ended end) {
				throw new IllegalStateException("Nothing has ended, but heard " + end);
			}

			@Override
			public void lookAnew() {
				connected.countDown();
				if (connected.getCount() > 0) {
					PostgresEndSignalTests.this.fixture.jdbc()
						.queryForList("select pg_terminate_backend(pid) from pg_stat_activity where query = ?",
								"listen \"q_%s\"".formatted(PostgresEndSignalTests.this.fixture.schema()));
				}
			}

		});

		assertThat(connected.await(20, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void nothingIsSaidToOthersByANodeThatOnlyLooks() {
		HeardEnds heard = new HeardEnds();
		this.fixture.store().catalog().hearEnds(heard);
		PostgresSettings looking = PostgresSettings.DEFAULT.withSchema(this.fixture.schema())
			.withSchemaManagement(PostgresSettings.SchemaManagement.NONE)
			.withWakeup(PostgresSettings.Wakeup.POLL);
		try (JobStore node = new PostgresStore(looking, this.target.pool())) {
			HeardEnds here = new HeardEnds();
			node.catalog().hearEnds(here);
			JobId id = put(node);
			node.catalog().expectEnds(QueueName.DEFAULT, List.of(id));
			this.fixture.store().catalog().expectEnds(QueueName.DEFAULT, List.of(id));

			node.control().delete(List.of(id));

			assertThat(here.await(id).isHere()).isTrue();
			JobStore other = this.fixture.reopen();
			other.catalog().hearEnds(new HeardEnds());
			heard.awaitKnown(this.fixture.store(), other);
			assertThat(heard.pending()).noneMatch((end) -> end.id().equals(id));
		}
	}

	private TransactionTemplate transactions() {
		return new TransactionTemplate(new DataSourceTransactionManager(this.target.pool()));
	}

	private static JobId put(JobStore node) {
		JobDraft job = JobDraft.aJob();
		node.work().insert(List.of(InsertGroup.of(List.of(job.toNewJob()))));
		return job.id();
	}

}
