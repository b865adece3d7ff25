package dev.q.test.postgres;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.InsertGroup;
import dev.q.store.JobCatalog.Page;
import dev.q.store.JobCatalog.Query;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks that go in pieces, since the driver keeps all that a call brings in memory: by
 * the statements that are sent.
 */
class PostgresPieceTests {

	private static final int JOBS = 250;

	private static final int PIECES = 3;

	private final Queue<String> statements = new ConcurrentLinkedQueue<>();

	private final PostgresStoreFixture fixture = new PostgresStoreFixture(noted(PostgresTarget.shared()));

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void manyJobsAreReadInPiecesAndInTheirOrder() {
		List<JobId> ids = new ArrayList<>(insert(UnaryOperator.identity()));
		Collections.reverse(ids);

		assertThat(this.fixture.store().catalog().find(ids)).extracting(JobDetails::id).isEqualTo(ids);
		assertThat(calls("q_find_v1")).isEqualTo(PIECES);
	}

	@Test
	void aLargePageIsReadInPiecesAndSaysWhereItEnds() {
		List<JobId> ids = insert(UnaryOperator.identity());
		Query query = new Query(Set.of(JobState.READY), null, null);

		Page<Job> page = this.fixture.store().catalog().search(query, JOBS - 1, null);

		assertThat(calls("q_search_v1")).isEqualTo(PIECES);
		assertThat(page.items()).extracting(Job::id).isEqualTo(ids.subList(0, JOBS - 1));
		assertThat(page.next()).isEqualTo(ids.get(JOBS - 2).toString());
		assertThat(this.fixture.store().catalog().search(query, 1, page.next()).items()).extracting(Job::id)
			.containsExactly(ids.get(JOBS - 1));
		assertThat(this.fixture.store().catalog().search(query, JOBS, null).next()).isNull();
	}

	@Test
	void jobsThatExpireTogetherAreReadInPieces() {
		insert((job) -> job.livingFor(Duration.ofMinutes(1)));
		this.fixture.advance(Duration.ofHours(1));

		assertThat(this.fixture.store().maintenance().expire(JOBS)).hasSize(JOBS)
			.extracting(Job::state)
			.containsOnly(JobState.EXPIRED);
		assertThat(calls("q_find_v1")).isEqualTo(PIECES);
	}

	private List<JobId> insert(UnaryOperator<JobDraft> change) {
		List<JobDraft> drafts = Stream.generate(() -> change.apply(JobDraft.aJob())).limit(JOBS).toList();
		this.fixture.store().work().insert(List.of(InsertGroup.of(drafts.stream().map(JobDraft::toNewJob).toList())));
		return drafts.stream().map(JobDraft::id).sorted().toList();
	}

	private long calls(String function) {
		return this.statements.stream().filter((sql) -> sql.contains(function)).count();
	}

	private PostgresTarget noted(PostgresTarget target) {
		return new PostgresTarget(target.server(), new DelegatingDataSource(target.pool()) {

			@Override
			public Connection getConnection() throws SQLException {
				return PostgresPieceTests.this.noted(super.getConnection());
			}

		}, target.single());
	}

	private Connection noted(Connection connection) {
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, args) -> {
					if (method.getName().equals("prepareStatement")) {
						this.statements.add(String.valueOf(args[0]));
					}
					try {
						return method.invoke(connection, args);
					}
					catch (InvocationTargetException ex) {
						throw Objects.requireNonNull(ex.getCause());
					}
				});
	}

}
