package dev.q.test.redis;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptRecord;
import dev.q.store.InsertGroup;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.LeaseAnswer;
import dev.q.store.PauseMode;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;
import dev.q.test.Careers;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import dev.q.test.contract.StoreFixture;
import dev.q.test.server.RedisServer;
import dev.q.test.server.RedisServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key that is gone, by eviction or by hand, costs what it held. It never stops its
 * queue.
 */
class RedisDamageTests {

	private final RedisServer server = RedisServers.shared();

	private StoreFixture fixture;

	@BeforeEach
	void open() {
		this.fixture = new RedisStoreFixture(RedisTarget.shared());
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jobs", "states", "leases", "delayed", "expiring", "waiters", "meta", "unique", "errors",
			"endings", "succeeded", "dead", "cancelled", "expired", "ready:5" })
	void aQueueGoesOnWithoutOneOfItsKeys(String key) {
		JobStore store = this.fixture.store();
		HandWorker worker = HandWorker.of(store, "worker-1");
		Careers careers = new Careers(store, this.fixture::advance);
		Careers.STATES.forEach((state) -> careers.bring(draft(state.name()), state));
		insert(JobDraft.aJob().livingFor(Duration.ofMinutes(1)));

		deleteKeysEndingIn(":" + key);

		this.fixture.advance(Duration.ofHours(2));
		JobId later = insert(JobDraft.aJob().withPriority(0));
		store.maintenance().promoteDue(100);
		store.maintenance().recoverExpired(100);
		store.maintenance().expire(100);
		assertThat(worker.claimIds(100)).contains(later);
		store.catalog().queues();
		store.control().cancel(List.of(later), "called off");
		store.maintenance().purge(worker.retention(), 100);
		assertThat(store.maintenance().recoverExpired(100)).isEmpty();
		assertThat(insert(JobDraft.aJob())).isNotNull();
		assertThat(worker.claim(100)).isNotEmpty().allMatch((job) -> worker.succeed(job) == LeaseAnswer.APPLIED);
	}

	@ParameterizedTest
	@ValueSource(strings = { "schedules", "ticks" })
	void aScheduleIsMendedByTheNextSave(String key) {
		ScheduleStore schedules = this.fixture.store().schedules();
		Schedule daily = new Schedule("daily", "every 1d", "UTC", JobDraft.aJob().spec(), this.fixture.now());
		schedules.save(List.of(daily));

		deleteKeysEndingIn(":" + key);

		assertThat(schedules.due(10).due()).isEmpty();
		assertThat(schedules.list()).isEmpty();
		schedules.save(List.of(daily));
		assertThat(schedules.due(10).due()).containsExactly(daily);
	}

	/** As it happens when two nodes that disagree about its queue save it at once. */
	@Test
	void aScheduleThatStandsInTwoQueuesIsMendedByTheNextSave() {
		ScheduleStore schedules = this.fixture.store().schedules();
		Schedule daily = new Schedule("daily", "every 1d", "UTC", JobDraft.aJob().spec(), this.fixture.now());
		schedules.save(List.of(daily));
		this.fixture.store().control().pause(new QueueName("mail"), PauseMode.NONE);
		for (String key : keysEndingIn("schedules", "ticks")) {
			this.server.command("COPY", key, key.replace("{default}", "{mail}"));
		}
		assertThat(schedules.list()).hasSize(2);

		schedules.save(List.of(daily));

		assertThat(schedules.list()).containsExactly(daily);
	}

	@Test
	void aJobThatCannotBeReadHurtsNoOther() {
		JobStore store = this.fixture.store();
		HandWorker worker = HandWorker.of(store, "worker-1");
		JobId first = insert(JobDraft.aJob());
		List<JobId> others = List.of(insert(JobDraft.aJob()), insert(JobDraft.aJob()));
		// Only what no script reads is spoiled: the type of the job.
		replaceInRecords("test", "!!!!", first);

		assertThat(worker.claimIds(10)).isEqualTo(others);
		for (int crash = 0; crash < 3; crash++) {
			this.fixture.advance(HandWorker.LEASE);
			store.maintenance().recoverExpired(10);
			worker.claim(10);
		}

		assertThat(store.catalog().queues().get(0).count(JobState.DEAD)).as("all of them, lost three times")
			.isEqualTo(3);
		assertThat(store.catalog().find(others)).hasSize(2);
		assertThat(store.catalog().search(JobCatalog.Query.ALL, 10, null).items()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "garbage", "Z|0,0,0,0,0|||||||", "Q|0,0|||||||", "Q|0,0,0,0,0|x||||||" })
	void aStateThatCannotBeReadHurtsNoOther(String line) {
		JobCatalog catalog = this.fixture.store().catalog();
		JobId damaged = insert(JobDraft.aJob());
		JobId other = insert(JobDraft.aJob());
		setState(line, damaged);

		for (JobCatalog.Query query : List.of(JobCatalog.Query.ALL,
				new JobCatalog.Query(EnumSet.of(JobState.READY), null, null))) {
			assertThat(catalog.search(query, 10, null).items()).extracting(Job::id).containsExactly(other);
		}
		assertThat(catalog.find(List.of(damaged, other))).extracting(JobDetails::id).containsExactly(other);
		assertThat(catalog.peek(QueueName.DEFAULT, 10, JobCatalog.End.OLDEST)).extracting(Job::id)
			.containsExactly(other);
		assertThat(catalog.standing(QueueName.DEFAULT, damaged, 1)).isEmpty();
	}

	@Test
	void aHistoryThatCannotBeReadIsBegunAnew() {
		JobStore store = this.fixture.store();
		HandWorker worker = HandWorker.of(store, "worker-1");
		JobId id = insert(JobDraft.aJob());
		worker.fail(worker.claimOne(), Duration.ZERO);
		worker.fail(worker.claimOne(), Duration.ZERO);
		for (String key : keysEndingIn(":errors")) {
			this.server.command("EVAL", """
					for _, id in ipairs(redis.call('HKEYS', KEYS[1])) do
					  local book = redis.call('HGET', KEYS[1], id)
					  redis.call('HSET', KEYS[1], id, string.sub(book, 1, #book - 5))
					end""", "1", key);
		}
		assertThat(store.catalog().attempts(QueueName.DEFAULT, id)).isEmpty();
		assertThat(store.catalog().find(List.of(id))).hasSize(1);

		assertThat(worker.fail(worker.claimOne(), Duration.ZERO)).isEqualTo(LeaseAnswer.APPLIED);

		assertThat(store.catalog().attempts(QueueName.DEFAULT, id)).extracting(AttemptRecord::number)
			.containsExactly(3);
	}

	@Test
	void jobsThatSucceedAtOnceLeaveNothingButThemselves() {
		HandWorker worker = HandWorker.of(this.fixture.store(), "worker-1");
		insert(JobDraft.aJob());
		worker.succeed(worker.claimOne());

		assertThat(keysEndingIn(":errors", ":endings")).isEmpty();
	}

	/** Changes the bytes of one record, by a script, as they are no text. */
	private void replaceInRecords(String from, String to, JobId id) {
		String hex = id.toString().replace("-", "");
		this.server.command("EVAL", """
				local id = string.gsub(ARGV[1], '..', function(h) return string.char(tonumber(h, 16)) end)
				for _, key in ipairs(redis.call('KEYS', '*:jobs')) do
				  local record = redis.call('HGET', key, id)
				  if record then redis.call('HSET', key, id, (string.gsub(record, ARGV[2], ARGV[3], 1))) end
				end""", "0", hex, from, to);
	}

	private void setState(String line, JobId id) {
		this.server.command("EVAL", """
				local id = string.gsub(ARGV[1], '..', function(h) return string.char(tonumber(h, 16)) end)
				for _, key in ipairs(redis.call('KEYS', '*:jobs')) do
				  redis.call('HSET', (string.gsub(key, 'jobs$', 'states')), id, ARGV[2])
				end""", "0", id.toString().replace("-", ""), line);
	}

	/** Jobs of one state must not stand in the way of those that are brought later. */
	private static JobDraft draft(String key) {
		return JobDraft.aJob().uniqueBy(key).withPriority(key.equals("READY") ? 9 : 5);
	}

	private JobId insert(JobDraft draft) {
		this.fixture.store().work().insert(List.of(InsertGroup.of(List.of(draft.toNewJob()))));
		return draft.id();
	}

	private void deleteKeysEndingIn(String end) {
		keysEndingIn(end).forEach((key) -> this.server.command("DEL", key));
	}

	private List<String> keysEndingIn(String... ends) {
		return Stream.of(ends)
			.flatMap((end) -> ((List<?>) this.server.command("KEYS", "*" + end)).stream())
			.map(String::valueOf)
			.toList();
	}

}
