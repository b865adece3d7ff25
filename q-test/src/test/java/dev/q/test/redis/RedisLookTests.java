package dev.q.test.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.InsertGroup;
import dev.q.store.JobCatalog;
import dev.q.store.JobControl;
import dev.q.store.JobStore;
import dev.q.store.Schedule;
import dev.q.store.redis.RedisServerException;
import dev.q.store.redis.RedisSettings;
import dev.q.store.redis.RedisStore;
import dev.q.test.JobDraft;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Connections that are made to look: before one changes the first thing, it is known that
 * its user may do all that a change takes, since scripts are not rolled back.
 */
class RedisLookTests {

	private static final RedisSettings SETTINGS = new RedisSettings("seen", Duration.ofSeconds(5), false);

	private static RedisProcess server;

	private final RedisStore owner = new RedisStore(SETTINGS, RedisTarget.standalone(server.server()).connections());

	private final RedisStore guest = new RedisStore(SETTINGS,
			RedisTarget.standalone(server.server()).as("q", "secret").connections());

	@BeforeAll
	static void start() {
		server = RedisServers.start(RedisAclContractTests.rule("seen").replace("&seen:ends ", ""));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@BeforeEach
	void look() {
		this.guest.look();
	}

	@AfterEach
	void close() {
		this.guest.close();
		this.owner.close();
		server.command("FLUSHALL");
	}

	static Stream<Named<Change>> changes() {
		QueueName queue = QueueName.DEFAULT;
		return Stream.of(ofJobs("cancel", (control, id) -> control.cancel(List.of(id), "drill")),
				ofJobs("retry", (control, id) -> control.retry(List.of(id))),
				ofJobs("delete", (control, id) -> control.delete(List.of(id))),
				ofJobs("hold", (control, id) -> control.hold(List.of(id))),
				ofJobs("release", (control, id) -> control.release(List.of(id))),
				ofJobs("reschedule", (control, id) -> control.reschedule(List.of(id), Due.in(Duration.ofHours(1)))),
				ofJobs("forget", (control, id) -> control.forget(queue, List.of(id))),
				Named.of("edit", (store, job, schedule) -> store.control().edit(edit(job))),
				Named.of("pause", (store, job, schedule) -> store.schedules().pause(schedule.name())),
				Named.of("resume", (store, job, schedule) -> store.schedules().resume(schedule.name())),
				Named.of("remove", (store, job, schedule) -> store.schedules().remove(schedule.name())),
				Named.of("save", (store, job, schedule) -> store.schedules().save(List.of(schedule.halted()))),
				Named.of("skip",
						(store, job, schedule) -> store.schedules().skip(schedule, schedule.nextAt().plusSeconds(1))),
				Named.of("fire", (store, job, schedule) -> store.schedules()
					.fire(schedule, schedule.nextAt().plusSeconds(1), JobDraft.aJob().toNewJob())));
	}

	private static Named<Change> ofJobs(String name, OfJob change) {
		return Named.of(name, (store, job, schedule) -> change.make(store.control(), job.id()));
	}

	private static JobControl.Edit edit(Job job) {
		return new JobControl.Edit(job, JobDraft.aJob().as(job.id()).carrying(JobDraft.payload("new")).spec(),
				JobControl.Edit.Then.STAY);
	}

	@ParameterizedTest
	@MethodSource("changes")
	void whoLacksARightChangesNothing(Change change) {
		JobDraft draft = JobDraft.aJob();
		insert(List.of(draft));
		Schedule schedule = saved();
		List<Object> before = all();

		assertThatExceptionOfType(RedisServerException.class)
			.isThrownBy(() -> change.make(this.guest, find(draft.id()), schedule))
			.withMessageContaining("docs/redis.md");

		assertThat(all()).isEqualTo(before);
	}

	@Test
	void whereThereIsNothingToChangeNothingIsTried() {
		JobId id = JobDraft.aJob().id();

		assertThat(this.guest.control().cancel(List.of(id), "drill")).isEmpty();
		assertThat(this.guest.control().retry(List.of(id))).isEmpty();
		assertThat(this.guest.control().forget(QueueName.DEFAULT, List.of())).isEmpty();
		assertThat(this.guest.schedules().pause("report")).isFalse();
		assertThat(this.guest.schedules().remove("report")).isFalse();
		this.guest.schedules().save(List.of());
		assertThat(server.command("DBSIZE")).isEqualTo(0L);
	}

	/** They cannot be thrown away, and only so many are passed over. */
	@Test
	void theOldestJobIsNotGuessedBehindManyPlacesOfDeletedOnes() {
		List<JobDraft> deleted = Stream.generate(() -> JobDraft.aJob().withPriority(5)).limit(1000).toList();
		insert(deleted);
		insert(List.of(JobDraft.aJob().withPriority(5)));
		insert(List.of(JobDraft.aJob().withPriority(0)));
		this.owner.control().delete(deleted.stream().map(JobDraft::id).toList());
		server.command("CONFIG", "SET", "min-replicas-to-write", "1");
		try {
			assertThat(oldestReady()).isNull();
		}
		finally {
			server.command("CONFIG", "SET", "min-replicas-to-write", "0");
		}
		assertThat(oldestReady()).isNotNull();
	}

	private @Nullable Instant oldestReady() {
		return this.guest.catalog().queues().get(0).oldestReady();
	}

	private void insert(List<JobDraft> drafts) {
		this.owner.work().insert(List.of(InsertGroup.of(drafts.stream().map(JobDraft::toNewJob).toList())));
	}

	private Schedule saved() {
		this.owner.schedules()
			.save(List.of(new Schedule("report", "every 1d", "UTC", JobDraft.aJob().spec(), Instant.EPOCH)));
		return this.owner.schedules().list().get(0);
	}

	private Job find(JobId id) {
		return this.owner.catalog().find(List.of(id)).get(0).job();
	}

	private List<Object> all() {
		return List.of(this.owner.catalog().search(JobCatalog.Query.ALL, 10, null), this.owner.schedules().list());
	}

	/**
	 * Something that a store is told to change.
	 */
	@FunctionalInterface
	interface Change {

		void make(JobStore store, Job job, Schedule schedule);

	}

	/**
	 * Something that is done to a job.
	 */
	@FunctionalInterface
	interface OfJob {

		void make(JobControl control, JobId id);

	}

}
