package dev.q.test.redis;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.q.job.DeadReason;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.job.StoredResult;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import dev.q.test.server.RedisServer;
import dev.q.test.server.RedisServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A job that somebody has damaged cannot be settled: that is said of it alone, and its
 * neighbours in the call are settled. It is not tried for ever.
 */
class RefusedSettlementTests {

	private static final Outcome DONE = new Outcome.Succeeded(StoredResult.NONE);

	private static final Outcome AGAIN = new Outcome.Retry(Duration.ZERO, HandWorker.FAILURE);

	private static final QueueName MAIL = new QueueName("mail");

	private final RedisServer server = RedisServers.shared();

	private RedisStoreFixture fixture;

	private JobStore store;

	private HandWorker worker;

	static Stream<Outcome> outcomes() {
		return Stream.of(DONE, AGAIN, new Outcome.Retry(Duration.ofMinutes(1), HandWorker.FAILURE),
				new Outcome.Dead(DeadReason.PERMANENT, HandWorker.FAILURE), new Outcome.Cancelled("called off"),
				new Outcome.Released(ReleaseReason.SHUTDOWN, Duration.ZERO),
				new Outcome.Released(ReleaseReason.NACK, Duration.ofMinutes(1)),
				new Outcome.Released(ReleaseReason.SNOOZE, Duration.ZERO),
				new Outcome.Released(ReleaseReason.NO_HANDLER, Duration.ofMinutes(1)));
	}

	@BeforeEach
	void open() {
		this.fixture = new RedisStoreFixture(RedisTarget.shared());
		this.store = this.fixture.store();
		this.worker = HandWorker.of(this.store, "worker-1");
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	void aRecordThatWasCutIsRefusedAndItsNeighboursAreSettled(Outcome outcome) {
		List<ClaimedJob> jobs = claimThree();
		change("jobs", jobs.get(1), "string.sub(value, 1, 13)");

		assertThat(settle(jobs, outcome)).containsExactly(LeaseAnswer.APPLIED, LeaseAnswer.REFUSED,
				LeaseAnswer.APPLIED);

		assertThat(this.worker.settle(jobs.get(1), outcome)).isEqualTo(LeaseAnswer.REFUSED);
		assertThatOnlyTheDamagedOneIsDead(jobs);
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	void aLineThatCannotBeReadIsRefusedAndItsNeighboursAreSettled(Outcome outcome) {
		List<ClaimedJob> jobs = claimThree();
		change("states", jobs.get(1), "string.match(value, '^R[^|]*|') .. '!'");

		assertThat(settle(jobs, outcome)).containsExactly(LeaseAnswer.APPLIED, LeaseAnswer.REFUSED,
				LeaseAnswer.APPLIED);

		this.fixture.advance(HandWorker.LEASE);
		assertThat(this.store.maintenance().recoverExpired(10)).extracting((job) -> job.id())
			.containsExactly(jobs.get(1).job().id());
		assertThat(this.worker.claimIds(10)).contains(jobs.get(1).job().id());
	}

	@ParameterizedTest
	@MethodSource("outcomes")
	void aJobThatIsGoneIsLostAndItsNeighboursAreSettled(Outcome outcome) {
		List<ClaimedJob> jobs = claimThree();
		change("jobs", jobs.get(1), "false");

		assertThat(settle(jobs, outcome)).containsExactly(LeaseAnswer.APPLIED, LeaseAnswer.LOST, LeaseAnswer.APPLIED);

		this.fixture.advance(HandWorker.LEASE);
		assertThat(this.store.maintenance().recoverExpired(10)).isEmpty();
		assertThat(this.store.catalog().queues().get(0).count(JobState.RUNNING)).isZero();
	}

	/** Whatever a script stumbles over, it must not be tried for ever. */
	@Test
	void whereAScriptStumblesOverAKeyItRefusesWhatNeedsThatKey() {
		List<ClaimedJob> jobs = claimThree();
		insert(JobDraft.aJob().in(MAIL));
		ClaimedJob mail = this.worker.on(MAIL).claimOne();
		this.server.command("DEL", key("endings"));
		this.server.command("SET", key("endings"), "damaged");

		List<LeaseAnswer> answers = this.worker.settle(new Settlement(jobs.get(0).lease(), DONE),
				new Settlement(mail.lease(), DONE), new Settlement(jobs.get(1).lease(), new Outcome.Cancelled("drill")),
				new Settlement(jobs.get(2).lease(), DONE));

		assertThat(answers).containsExactly(LeaseAnswer.APPLIED, LeaseAnswer.APPLIED, LeaseAnswer.REFUSED,
				LeaseAnswer.APPLIED);
		this.server.command("DEL", key("endings"));
	}

	@Test
	void aJobThatWaitsForTheKeyAndIsDamagedKeepsNobodyFromSettling() {
		insert(JobDraft.aJob().uniqueBy("key", new Scope.UntilDone(), Conflict.RUN_AGAIN_AFTER));
		ClaimedJob holder = this.worker.claimOne();
		JobDraft heir = JobDraft.aJob().uniqueBy("key", new Scope.UntilDone(), Conflict.RUN_AGAIN_AFTER);
		insert(heir);
		change("jobs", heir.id(), "string.sub(value, 1, 13)");

		assertThat(this.worker.succeed(holder)).isEqualTo(LeaseAnswer.APPLIED);

		JobDraft next = JobDraft.aJob().uniqueBy("key");
		insert(next);
		assertThat(this.worker.claimIds(10)).containsExactly(next.id());
	}

	@Test
	void aDamagedJobThatIsReadyIsPassedOverAndTheOthersAreClaimed() {
		List<JobDraft> drafts = List.of(JobDraft.aJob(), JobDraft.aJob(), JobDraft.aJob());
		drafts.forEach(this::insert);
		change("jobs", drafts.get(1).id(), "string.sub(value, 1, 13)");

		assertThat(this.worker.claimIds(10)).containsExactly(drafts.get(0).id(), drafts.get(2).id());
	}

	/** It holds nothing any more, and is deleted as other dead ones are. */
	private void assertThatOnlyTheDamagedOneIsDead(List<ClaimedJob> jobs) {
		this.fixture.advance(HandWorker.LEASE);
		this.store.maintenance().recoverExpired(10);
		assertThat(this.store.catalog().queues().get(0).count(JobState.RUNNING)).isZero();
		assertThat(this.store.maintenance().recoverExpired(10)).isEmpty();
		this.store.control().delete(List.of(jobs.get(0).job().id(), jobs.get(2).job().id()));
		assertThat(this.store.catalog().queues().get(0).count(JobState.DEAD)).isOne();
		this.fixture.advance(Duration.ofDays(365));
		this.store.maintenance().purge(Retention.DEFAULT, 10);
		assertThat(this.store.catalog().queues().get(0).counts()).isEmpty();
	}

	private List<ClaimedJob> claimThree() {
		Stream.of("a", "b", "c").forEach((key) -> insert(JobDraft.aJob().uniqueBy(key)));
		return this.worker.claim(3);
	}

	private List<LeaseAnswer> settle(List<ClaimedJob> jobs, Outcome outcome) {
		return this.worker.settle(new Settlement(jobs.get(0).lease(), DONE),
				new Settlement(jobs.get(1).lease(), outcome), new Settlement(jobs.get(2).lease(), AGAIN));
	}

	private void insert(JobDraft draft) {
		this.store.work().insert(List.of(InsertGroup.of(List.of(draft.toNewJob()))));
	}

	private void change(String hash, ClaimedJob job, String expression) {
		change(hash, job.job().id(), expression);
	}

	/** Changes what a hash holds of a job, by a script, as it is no text. */
	private void change(String hash, JobId id, String expression) {
		this.server.command("EVAL", """
				local id = string.gsub(ARGV[1], '..', function(h) return string.char(tonumber(h, 16)) end)
				local value = redis.call('HGET', KEYS[1], id)
				local changed = %s
				return changed and redis.call('HSET', KEYS[1], id, changed) or redis.call('HDEL', KEYS[1], id)
				""".formatted(expression), "1", key(hash), id.toString().replace("-", ""));
	}

	private String key(String name) {
		return "%s:{%s}:%s".formatted(this.fixture.namespace(), QueueName.DEFAULT, name);
	}

}
