package dev.q.test.postgres;

import java.time.Duration;
import java.util.List;

import dev.q.job.JobId;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.job.WorkerId;
import dev.q.store.JobStore;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreException;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresSettings.Timeouts;
import dev.q.store.jdbc.PostgresStore;
import dev.q.test.server.Patience;
import dev.q.test.server.postgres.PgBouncer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When the server gives up, with nothing set for a session.
 */
@Timeout(60)
class PostgresTimeoutsTests {

	private static final String IDLE = "select current_setting('idle_in_transaction_session_timeout')";

	private static final String JOB = "018cc251-f400-7000-8000-000000000001";

	private static final Settlement SETTLEMENT = new Settlement(
			new Lease(JobId.of(JOB), new QueueName("mail"), "1:" + JOB, new WorkerId("w"), Duration.ofSeconds(30)),
			new Outcome.Succeeded(StoredResult.NONE));

	private final PostgresTarget target = PostgresTarget.shared();

	private final KitSchema schema = KitSchema.take(this.target);

	private final JdbcTemplate jdbc = this.schema.jdbc();

	private final TransactionTemplate transaction = new TransactionTemplate(
			new JdbcTransactionManager(this.target.pool()));

	@AfterEach
	void giveBack() {
		this.schema.giveBack();
	}

	@Test
	void aStatementOfTheMaintenanceIsCancelled() {
		try (JobStore store = new PostgresStore(settings(Duration.ZERO), this.target.pool())) {
			assertThatPurgeIsCancelled(store);
		}
	}

	@Test
	void aStatementOfTheMaintenanceIsCancelledThroughPgBouncer() {
		try (PgBouncer bouncer = PgBouncer.over(this.target.server());
				JobStore store = new PostgresStore(settings(Duration.ZERO).withWakeup(PostgresSettings.Wakeup.POLL),
						new DriverManagerDataSource(bouncer.url() + "?prepareThreshold=0", bouncer.server().user(),
								bouncer.server().password()))) {
			assertThatPurgeIsCancelled(store);
		}
	}

	private void assertThatPurgeIsCancelled(JobStore store) {
		store.maintenance().purge(Retention.DEFAULT, 10);
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc.execute("lock table %s.q_finished in access exclusive mode".formatted(this.schema.name()));

			assertThatExceptionOfType(StoreException.class)
				.isThrownBy(() -> store.maintenance().purge(Retention.DEFAULT, 10))
				.withMessageContaining("canceling statement");
		});
		store.maintenance().purge(Retention.DEFAULT, 10);
	}

	@Test
	void aTransactionMayNotBeIdleForLongOnceAJobIsSettledInIt() {
		try (JobStore store = new PostgresStore(settings(Duration.ofSeconds(90)), this.target.pool())) {
			this.transaction.executeWithoutResult((status) -> {
				String before = this.jdbc.queryForObject(IDLE, String.class);
				assertThat(settle(store)).containsExactly(LeaseAnswer.LOST);
				assertThat(before).isEqualTo("0");
				assertThat(this.jdbc.queryForObject(IDLE, String.class)).isEqualTo("90s");
			});
			this.transaction.executeWithoutResult((status) -> {
				assertThat(this.jdbc.queryForObject(IDLE, String.class)).isEqualTo("0");
				this.jdbc.execute("set local idle_in_transaction_session_timeout = '1min'");
				settle(store);
				assertThat(this.jdbc.queryForObject(IDLE, String.class)).isEqualTo("1min");
			});
		}
	}

	@Test
	void aTransactionThatIsIdleTooLongIsRolledBack() {
		String backends = "select count(*) from pg_stat_activity where pid = ";
		try (JobStore store = new PostgresStore(settings(Duration.ofMillis(50)), this.target.pool())) {
			assertThatExceptionOfType(TransactionException.class)
				.isThrownBy(() -> this.transaction.executeWithoutResult((status) -> {
					Integer backend = this.jdbc.queryForObject("select pg_backend_pid()", Integer.class);
					settle(store);
					Patience.until("its connection is ended", Duration.ofSeconds(20),
							() -> "0".equals(this.target.server().value(backends + backend)));
				}));
		}
	}

	private static List<LeaseAnswer> settle(JobStore store) {
		return store.transaction().orElseThrow().settle(List.of(SETTLEMENT), Retention.DEFAULT);
	}

	private PostgresSettings settings(Duration idle) {
		return PostgresSettings.DEFAULT.withSchema(this.schema.name())
			.withTimeouts(new Timeouts(idle, Duration.ofSeconds(3)));
	}

}
