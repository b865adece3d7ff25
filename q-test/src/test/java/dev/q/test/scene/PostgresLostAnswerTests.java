package dev.q.test.scene;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.q.job.JobCounters;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.history.AttemptOutcome;
import dev.q.job.history.AttemptRecord;
import dev.q.store.ClaimedJob;
import dev.q.store.LeaseAnswer;
import dev.q.store.StoreException;
import dev.q.store.jdbc.PostgresSchema;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresStore;
import dev.q.test.HandWorker;
import dev.q.test.scene.host.Stores;
import dev.q.test.server.Patience;
import dev.q.test.server.postgres.PostgresPlace;
import dev.q.test.server.postgres.PostgresServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * PostgreSQL does what it is asked, and its answer does not arrive.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PostgresLostAnswerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private PostgresPlace place;

	private Line line;

	private HikariDataSource beyondTheLine;

	private PostgresStore store;

	private Jobs jobs;

	private HandWorker worker;

	@BeforeEach
	void connect() throws IOException {
		this.place = PostgresServers.shared().freshDatabase();
		DriverManagerDataSource direct = new DriverManagerDataSource(this.place.url(), this.place.server().user(),
				this.place.server().password());
		new PostgresSchema(direct, PostgresSettings.DEFAULT).migrate();
		this.line = Line.to(this.place.server().port());
		HikariConfig config = new HikariConfig();
		config.setDataSource(new Unasked(new DriverManagerDataSource(
				this.place.url().replace(":" + this.place.server().port(), ":" + this.line.port()),
				this.place.server().user(), this.place.server().password())));
		config.setMaximumPoolSize(1);
		this.beyondTheLine = new HikariDataSource(config);
		this.store = new PostgresStore(PostgresSettings.DEFAULT, this.beyondTheLine);
		this.jobs = new Jobs(new PostgresStore(PostgresSettings.DEFAULT, direct));
		this.worker = HandWorker.of(this.store, "w-1").on(Stores.QUEUE);
		assertThat(this.worker.claim(1)).isEmpty();
	}

	@AfterEach
	void end() throws IOException {
		this.store.close();
		this.jobs.store().close();
		this.beyondTheLine.close();
		this.line.close();
		this.place.close();
	}

	@Test
	void jobsOfAClaimWhoseConnectionBrokeAreHandedBackWithTheNextClaim() {
		List<JobId> ids = this.jobs.enqueue(3, NodeMain.QUICK);
		this.line.breakAtNextAnswer();
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.worker.claim(2));
		assertThat(this.jobs.count(JobState.RUNNING)).as("leased by nobody").isEqualTo(2);

		List<ClaimedJob> claimed = claimWhenConnected(3);

		assertThat(claimed).extracting((job) -> job.job().id()).containsExactlyInAnyOrderElementsOf(ids);
		assertThat(claimed).extracting((job) -> job.job().counters())
			.containsExactly(new JobCounters(0, 2, 0, 0, 1), new JobCounters(0, 2, 0, 0, 1),
					new JobCounters(0, 1, 0, 0, 0));
		assertThat(this.store.catalog().attempts(Stores.QUEUE, claimed.get(0).job().id()))
			.extracting(AttemptRecord::outcome, AttemptRecord::worker)
			.containsExactly(tuple(AttemptOutcome.RELEASED, this.worker.id()),
					tuple(AttemptOutcome.RUNNING, this.worker.id()));
	}

	@Test
	void leasesThatAreHeldStayWhereTheyAre() {
		this.jobs.enqueue(1, NodeMain.QUICK);
		ClaimedJob held = this.worker.claimOne();
		this.jobs.enqueue(1, NodeMain.QUICK);
		this.line.breakAtNextAnswer();
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.worker.claim(1));

		assertThat(claimWhenConnected(1)).extracting((job) -> job.job().id()).doesNotContain(held.job().id());
		assertThat(this.worker.succeed(held)).isEqualTo(LeaseAnswer.APPLIED);
	}

	@Test
	void anEnqueueWhoseAnswerWasLostIsRepeatedAndTheJobRunsOnce() {
		try (RepeatedEnqueue producer = new RepeatedEnqueue(this.line, this.store, this.jobs)) {
			producer.loseTheAnswer();
			producer.repeat();
			producer.runOnce();
		}
	}

	@Test
	void anAsynchronousEnqueueWhoseAnswerWasLostIsRepeatedAndTheJobRunsOnce() {
		try (RepeatedEnqueue producer = new RepeatedEnqueue(this.line, this.store, this.jobs)) {
			producer.loseTheAnswerToAFuture();
			producer.repeatByFuture();
			producer.runOnce();
		}
	}

	private List<ClaimedJob> claimWhenConnected(int jobs) {
		List<ClaimedJob> claimed = new ArrayList<>();
		Patience.until("the line is back", PATIENCE, () -> {
			try {
				return claimed.addAll(this.worker.claim(jobs));
			}
			catch (StoreException ex) {
				return false;
			}
		});
		return claimed;
	}

	/**
	 * Connections of which nobody asks the server whether they live. A pool does so with
	 * those that nobody has used for half a second: then that answer would be lost.
	 */
	private static final class Unasked extends DelegatingDataSource {

		Unasked(DataSource source) {
			super(source);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
					new Class<?>[] { Connection.class }, (proxy, method, args) -> {
						if (method.getName().equals("isValid")) {
							return !connection.isClosed();
						}
						try {
							return method.invoke(connection, args);
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

	}

}
