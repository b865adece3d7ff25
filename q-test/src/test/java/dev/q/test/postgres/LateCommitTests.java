package dev.q.test.postgres;

import java.sql.SQLException;
import java.util.List;

import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.StoreException;
import dev.q.store.jdbc.PostgresSettings;
import dev.q.store.jdbc.PostgresStore;
import dev.q.test.HandWorker;
import dev.q.test.HeardSignals;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Claims that are committed later than others look, or than anybody waits for their
 * answer.
 */
class LateCommitTests {

	private static final QueueName QUEUE = QueueName.DEFAULT;

	private static final int NINE_MEBIBYTES = 9 << 20;

	private final PostgresTarget target = PostgresTarget.shared();

	private PostgresStoreFixture fixture;

	private HeldCommits commits;

	private JobStore late;

	private HandWorker claiming;

	private HandWorker other;

	@BeforeEach
	void open() {
		this.fixture = new PostgresStoreFixture(this.target);
		this.commits = new HeldCommits(this.target.pool());
		PostgresSettings settings = PostgresSettings.DEFAULT.withSchema(this.fixture.schema())
			.withSchemaManagement(PostgresSettings.SchemaManagement.NONE);
		this.late = new PostgresStore(settings, this.commits, this.target.single());
		this.late.cluster().workers();
		this.claiming = HandWorker.of(this.late, "late");
		this.other = HandWorker.of(this.fixture.store(), "other");
	}

	@AfterEach
	void close() throws SQLException {
		this.commits.commitLost();
		this.late.close();
		this.fixture.close();
	}

	@Test
	void whatAClaimLeavesForItsSizeIsLeftToOthersThatWentPastIt() {
		JobId first = insert(large());
		JobId second = insert(large());
		JobId third = insert(large());
		findNothing(this.other.on(new QueueName("other")));
		HeardSignals signals = new HeardSignals();
		this.fixture.store().work().subscribe(this.other.id(), signals);
		this.commits.before(() -> findNothing(this.other));

		assertThat(this.claiming.claimIds(3)).containsExactly(first, second);

		assertIsFoundAtASignal(signals, third);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aClaimThatIsCommittedAfterItsNodeGaveItUpIsTakenBackAndNoCrash(boolean startsOnce) throws SQLException {
		JobDraft draft = JobDraft.aJob();
		JobId id = insert(startsOnce ? draft.startingOnce() : draft);
		giveUp();
		HeardSignals signals = new HeardSignals();
		this.fixture.store().work().subscribe(this.other.id(), signals);
		assertThat(this.other.claim(1)).isEmpty();
		this.commits.commitLost();

		assertThat(this.fixture.store().maintenance().recoverExpired(1)).isEmpty();

		assertIsBack(id);
		assertIsFoundAtASignal(signals, id);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void evenIfItsLeaseIsOverByThen(boolean startsOnce) throws SQLException {
		JobDraft draft = JobDraft.aJob().survivingLessThan(1);
		JobId id = insert(startsOnce ? draft.startingOnce() : draft);
		giveUp();
		this.fixture.advance(HandWorker.LEASE.multipliedBy(2));
		this.commits.commitLost();

		this.fixture.store().maintenance().recoverExpired(1);

		assertIsBack(id);
	}

	@Test
	void whoClaimedInVainIsForgottenAfterAWhile() throws SQLException {
		insert(JobDraft.aJob());
		giveUp();
		this.commits.commitLost();
		this.fixture.advance(HandWorker.LEASE.multipliedBy(1000));

		this.fixture.store().maintenance().recoverExpired(1);
		this.fixture.store().maintenance().recoverExpired(1);

		assertThat(this.fixture.jdbc()
			.queryForObject("select count(*) from %s.q_unheard".formatted(this.fixture.schema()), Integer.class))
			.isZero();
	}

	/** The next claim asks for what the lost one took, which is not to be seen yet. */
	private void giveUp() {
		this.commits.loseNext();
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.claiming.claim(1));
		assertThat(this.claiming.claim(1)).isEmpty();
	}

	/** The first signal may be of a job that is gone. */
	private void assertIsFoundAtASignal(HeardSignals signals, JobId job) {
		List<JobId> found = List.of();
		while (found.isEmpty()) {
			signals.awaitReady(QUEUE);
			found = this.other.claimIds(1);
		}
		assertThat(found).containsExactly(job);
	}

	private void assertIsBack(JobId id) {
		Job job = this.fixture.store().catalog().find(List.of(id)).get(0).job();
		assertThat(job.state()).isEqualTo(JobState.READY);
		assertThat(job.counters()).isEqualTo(new JobCounters(0, 1, 0, 0, 1));
	}

	private static JobDraft large() {
		return JobDraft.aJob().carrying(Payload.of(Payload.JSON, new byte[NINE_MEBIBYTES]));
	}

	private JobId insert(JobDraft draft) {
		this.fixture.store().work().insert(List.of(InsertGroup.of(List.of(draft.toNewJob()))));
		return draft.id();
	}

	/** Often enough to know that all that was stored before is settled. */
	private static void findNothing(HandWorker worker) {
		for (int i = 0; i < 4; i++) {
			assertThat(worker.claim(1)).isEmpty();
		}
	}

}
