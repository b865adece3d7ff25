package dev.q.test.postgres;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.q.job.Durability;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.jdbc.PostgresServerException;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresStore;
import dev.q.test.JobDraft;
import dev.q.test.Race;
import dev.q.test.server.postgres.PostgresReplication;
import dev.q.test.server.postgres.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Jobs that are to be on the disks of standbys before their enqueue returns.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PostgresCopiesTests {

	private static PostgresReplication pair;

	private PostgresTarget target;

	private PostgresStore store;

	@BeforeAll
	static void start() {
		pair = PostgresReplication.start(Map.of());
	}

	@AfterAll
	static void stop() {
		pair.close();
	}

	@BeforeEach
	void open() {
		this.target = PostgresTarget.of(pair.primary().server());
		this.store = new PostgresStore(PostgresSettings.DEFAULT, this.target.pool(), this.target.single());
	}

	@AfterEach
	void close() {
		this.store.close();
	}

	@Test
	void whatHasACopyIsThereWhenItsServerIsLost() {
		try (PostgresReplication other = PostgresReplication.start(Map.of())) {
			DriverManagerDataSource source = source(other.primary().server());
			List<JobDraft> drafts = Stream.generate(() -> copied(1, Duration.ofSeconds(20))).limit(20).toList();
			try (PostgresStore primary = new PostgresStore(PostgresSettings.DEFAULT, source)) {
				drafts.forEach((draft) -> assertThat(primary.work().insert(List.of(group(draft)))).singleElement()
					.isInstanceOf(InsertAnswer.Accepted.class));
				other.primary().kill();
			}

			try (PostgresStore promoted = new PostgresStore(PostgresSettings.DEFAULT,
					source(other.promoteReplica().server()))) {
				assertThat(promoted.catalog().find(drafts.stream().map(JobDraft::id).toList())).hasSize(20);
			}
		}
	}

	private static DriverManagerDataSource source(PostgresServer server) {
		return new DriverManagerDataSource(server.url(), server.user(), server.password());
	}

	@Test
	void ofSeveralGroupsEachIsAnsweredInItsPlace() {
		JobDraft copied = copied(1, Duration.ofSeconds(20));
		JobDraft lacking = copied(3, Duration.ofMillis(50));
		JobDraft usual = JobDraft.aJob();

		List<InsertAnswer> answers = this.store.work().insert(List.of(group(lacking), group(usual), group(copied)));

		assertThat(answers.get(0)).isInstanceOf(InsertAnswer.NotReplicated.class);
		assertThat(answers.get(1))
			.isEqualTo(new InsertAnswer.Accepted(List.of(new InsertAnswer.Entry(usual.id(), true))));
		assertThat(answers.get(2))
			.isEqualTo(new InsertAnswer.Accepted(List.of(new InsertAnswer.Entry(copied.id(), true))));
	}

	@Test
	void tooFewCopiesAreReportedAndTheJobExists() {
		JobDraft draft;
		InsertAnswer answer;
		// The one copy that there is may come too late to be counted in a short wait.
		do {
			draft = copied(2, Duration.ofMillis(300));
			answer = insert(draft);
		}
		while (answer.equals(lacking(draft, 0)));

		assertThat(answer).isEqualTo(lacking(draft, 1));
		assertThat(this.store.catalog().find(List.of(draft.id()))).singleElement()
			.satisfies((found) -> assertThat(found.state()).isEqualTo(JobState.READY));
	}

	@Test
	void withoutItsStandbyNoCopyIsMadeAndLaterOnesAreAgain() {
		insert(copied(1, Duration.ofSeconds(20)));
		pair.replica().kill();
		JobDraft draft = copied(1, Duration.ofMillis(300));

		assertThat(insert(draft)).isInstanceOfSatisfying(InsertAnswer.NotReplicated.class,
				(answer) -> assertThat(answer.reached()).isZero());

		pair.replica().restart();
		pair.awaitLink();
		assertThat(insert(copied(1, Duration.ofSeconds(20)))).isInstanceOf(InsertAnswer.Accepted.class);
	}

	@Test
	void manyProducersOfCopiedJobsAreAllAnswered() {
		List<InsertAnswer> answers = Race.of(16, (i) -> () -> insert(copied(1, Duration.ofSeconds(20))));

		assertThat(answers).hasOnlyElementsOfType(InsertAnswer.Accepted.class);
	}

	@Test
	void whoWaitsForCopiesHoldsUpNobodyElse() {
		CompletableFuture<InsertAnswer> waiting = CompletableFuture
			.supplyAsync(() -> insert(copied(2, Duration.ofSeconds(8))));

		for (int i = 0; i < 10; i++) {
			assertThat(insert(JobDraft.aJob())).isInstanceOf(InsertAnswer.Accepted.class);
		}

		assertThat(waiting).as("the one who waits").isNotDone();
		assertThat(waiting.join()).isInstanceOf(InsertAnswer.NotReplicated.class);
	}

	@Test
	void groupsOfOneCallWaitTogether() {
		List<InsertGroup> groups = Stream.generate(() -> group(copied(2, Duration.ofSeconds(1)))).limit(32).toList();

		CompletableFuture<List<InsertAnswer>> answers = CompletableFuture
			.supplyAsync(() -> this.store.work().insert(groups));

		assertThat(answers.orTimeout(20, TimeUnit.SECONDS).join()).hasSize(32)
			.allSatisfy((answer) -> assertThat(answer).isInstanceOf(InsertAnswer.NotReplicated.class));
	}

	@Test
	void aJobThatIsThereAlreadyWaitsForNothing() {
		JobDraft draft = copied(1, Duration.ofSeconds(20));
		insert(draft);

		JobDraft again = copied(9, Duration.ofMinutes(30)).as(draft.id());

		assertThat(insert(again))
			.isEqualTo(new InsertAnswer.Accepted(List.of(new InsertAnswer.Entry(draft.id(), false))));
	}

	@Test
	void aJobThatJoinsATransactionCannotWait() {
		TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(this.target.pool()));

		transaction.executeWithoutResult((status) -> assertThatIllegalStateException().isThrownBy(
				() -> this.store.transaction().orElseThrow().insert(List.of(group(copied(1, Duration.ofSeconds(1))))))
			.withMessageContaining("REPLICATED")
			.withMessageContaining("AFTER_COMMIT"));
	}

	@Test
	void aUserWhoIsNotToldIsRefusedBeforeAnythingIsStored() {
		PostgresServer server = pair.primary().server();
		this.store.connect();
		server.execute("create role blind login password 'blind'");
		server.execute("""
				grant usage on schema q to blind;
				grant select, insert, update, delete on all tables in schema q to blind;
				grant select, usage on all sequences in schema q to blind;
				grant execute on all functions in schema q to blind
				""");
		JobDraft draft = copied(1, Duration.ofSeconds(1));
		try (PostgresStore blind = new PostgresStore(PostgresSettings.DEFAULT,
				new DriverManagerDataSource(server.url(), "blind", "blind"))) {

			assertThatExceptionOfType(PostgresServerException.class)
				.isThrownBy(() -> blind.work().insert(List.of(group(draft))))
				.withMessageContaining("pg_read_all_stats");
			assertThat(this.store.catalog().find(List.of(draft.id()))).isEmpty();

			server.execute("grant pg_read_all_stats to blind");
			assertThat(blind.work().insert(List.of(group(draft)))).singleElement()
				.isInstanceOf(InsertAnswer.Accepted.class);
		}
	}

	private static InsertAnswer lacking(JobDraft draft, int reached) {
		return new InsertAnswer.NotReplicated(List.of(new InsertAnswer.Entry(draft.id(), true)), 2, reached);
	}

	private InsertAnswer insert(JobDraft draft) {
		return this.store.work().insert(List.of(group(draft))).get(0);
	}

	private static InsertGroup group(JobDraft draft) {
		return InsertGroup.of(List.of(draft.toNewJob()));
	}

	private static JobDraft copied(int replicas, Duration timeout) {
		JobDraft draft = JobDraft.aJob();
		JobSpec spec = draft.spec().withDurability(new Durability.Replicated(replicas, timeout));
		return draft.with(spec);
	}

}
