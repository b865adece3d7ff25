package dev.q;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import dev.q.admin.BulkAction;
import dev.q.admin.BulkRequest;
import dev.q.admin.JobAdmin;
import dev.q.admin.JobFilter;
import dev.q.client.ClientSettings;
import dev.q.client.JobIds;
import dev.q.client.JobTemplates;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.engine.EngineSettings;
import dev.q.engine.GroupSettings;
import dev.q.event.JobEvents;
import dev.q.expert.Q;
import dev.q.handler.HandlerRegistry;
import dev.q.inprocess.RunnableQueue;
import dev.q.job.Due;
import dev.q.job.Durability;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey;
import dev.q.retry.RetryPolicies;
import dev.q.schedule.Misfire;
import dev.q.schedule.ScheduleOptions;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Trigger;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.testing.VirtualClock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * What each parameter says to values that nobody meant: {@code docs/input.md} has them
 * all.
 */
class BadInputTests {

	private static final JobOptions NONE = JobOptions.NONE;

	private static final Duration MINUS = Duration.ofSeconds(-1);

	private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

	private static final String LONG = "x".repeat(100_000);

	private static final VirtualClock CLOCK = new VirtualClock(Instant.EPOCH);

	private static final JobRequest JOB = JobRequest.of("report", null);

	static Stream<Arguments> options() {
		return Stream.of(refused("queue", () -> NONE.queue(""), "''"),
				refused("queue", () -> NONE.queue(LONG), "100000"), refused("queue", () -> NONE.queue("a/b"), "'a/b'"),
				refused("priority", () -> NONE.priority(-1), "-1"),
				refused("priority", () -> NONE.priority(Integer.MAX_VALUE), "2147483647"),
				refused("maxAttempts", () -> NONE.maxAttempts(0), "0"),
				refused("maxAttempts", () -> NONE.maxAttempts(-1), "-1"),
				refused("maxCrashes", () -> NONE.maxCrashes(0), "0"),
				refused("maxCrashes", () -> NONE.maxCrashes(Integer.MIN_VALUE), "-2147483648"),
				refused("retry", () -> NONE.retry(""), "''"), refused("retry", () -> NONE.retry(" "), "' '"),
				refused("retry", () -> NONE.retry(LONG), "100000"),
				refused("lease", () -> NONE.lease(Duration.ZERO), "PT0S"),
				refused("lease", () -> NONE.lease(MINUS), "PT-1S"), refused("lease", () -> NONE.lease(FOREVER), "24 h"),
				refused("timeout", () -> NONE.timeout(Duration.ZERO), "PT0S"),
				refused("timeout", () -> NONE.timeout(MINUS), "PT-1S"),
				refused("timeout", () -> NONE.timeout(FOREVER), "365 days"),
				refused("timeToLive", () -> NONE.timeToLive(Duration.ZERO), "PT0S"),
				refused("timeToLive", () -> NONE.timeToLive(MINUS), "PT-1S"),
				refused("maxLength", () -> NONE.maxLength(0), "0"),
				refused("maxLength", () -> NONE.maxLength(-1), "-1"),
				refused("payloadVersion", () -> NONE.payloadVersion(0), "0"),
				refused("payloadVersion", () -> NONE.payloadVersion(-1), "-1"),
				refused("tag", () -> NONE.tag(""), "''"), refused("tag", () -> NONE.tag(LONG), "100000"),
				refused("header", () -> NONE.header("", "v"), "''"),
				refused("header", () -> NONE.header("a\nb", "v"), "'a\\u000ab'"));
	}

	static Stream<Arguments> parts() {
		return Stream.of(refused("unique", () -> UniqueKey.of(""), "0"),
				refused("unique", () -> UniqueKey.of(LONG), "100000"),
				refused("unique window", () -> new UniqueKey.Scope.Window(Duration.ZERO), "PT0S"),
				refused("unique window", () -> new UniqueKey.Scope.Window(MINUS), "PT-1S"),
				refused("replicas", () -> new Durability.Replicated(0, Duration.ofSeconds(1)), "0"),
				refused("replicas", () -> new Durability.Replicated(-1, Duration.ofSeconds(1)), "-1"),
				refused("copies", () -> new Durability.Replicated(1, Duration.ZERO), "PT0S"),
				refused("copies", () -> new Durability.Replicated(1, MINUS), "PT-1S"),
				refused("copies", () -> new Durability.Replicated(1, FOREVER), "1 h"),
				refused("type", () -> new TypeName(""), "''"), refused("type", () -> new TypeName(LONG), "100000"),
				refused("queue name", () -> new QueueName("a b"), "'a b'"), refused("id", () -> JobId.of(""), "''"),
				refused("id", () -> JobId.of(LONG), "xxx"),
				refused("due", () -> Due.in(FOREVER).from(Instant.EPOCH), "9999"),
				refused("due", () -> Due.at(Instant.MAX).from(Instant.EPOCH), "9999"),
				refused("request", () -> JobRequest.of("", null), "''"),
				refused("snooze", () -> JobOutcome.snooze(MINUS), "PT-1S"),
				refused("nack", () -> JobOutcome.nack(MINUS), "PT-1S"));
	}

	static Stream<Arguments> schedules() {
		return Stream.of(refused("name", () -> ScheduleRequest.cron("", "@daily", JOB), "''"),
				refused("name", () -> ScheduleRequest.cron(LONG, "@daily", JOB), "100000"),
				refused("cron", () -> ScheduleRequest.cron("s", "", JOB), "''"),
				refused("cron", () -> ScheduleRequest.cron("s", LONG, JOB), "xxx"),
				refused("cron", () -> ScheduleRequest.cron("s", "-1 * * * *", JOB), "-1"),
				refused("cron", () -> ScheduleRequest.cron("s", "0 0 30 2 *", JOB), "30 2"),
				refused("every", () -> ScheduleRequest.every("s", Duration.ZERO, JOB), "PT0S"),
				refused("every", () -> ScheduleRequest.every("s", MINUS, JOB), "PT-1S"),
				refused("every", () -> ScheduleRequest.every("s", FOREVER, JOB), "PT"),
				refused("zone", () -> Trigger.zone(""), "''"), refused("zone", () -> Trigger.zone(LONG), "xxx"),
				refused("misfire", () -> Misfire.parse(""), "''"),
				refused("misfire", () -> Misfire.all(0, Duration.ofHours(1)), "0"),
				refused("misfire", () -> Misfire.all(Integer.MAX_VALUE, Duration.ofHours(1)), "2147483647"),
				refused("misfire", () -> Misfire.all(1, MINUS), "PT-1S"),
				refused("misfire", () -> Misfire.all(1, FOREVER), "366 days"),
				refused("overlap", () -> ScheduleOptions.overlap(""), "''"),
				refused("jitter", () -> ScheduleOptions.DEFAULT.withJitter(MINUS), "PT-1S"),
				refused("jitter", () -> ScheduleOptions.DEFAULT.withJitter(FOREVER), "24 h"));
	}

	static Stream<Arguments> others() {
		RetryPolicies policies = new RetryPolicies(Map.of(), new Random(1));
		GroupSettings group = new GroupSettings("g", List.of(QueueName.DEFAULT), List.of(), 1);
		return Stream.of(refused("policy", () -> policies.parse(""), "sidekiq"),
				refused("policy", () -> policies.parse(LONG), "xxx"),
				refused("policy", () -> policies.parse("fixed(-1s)"), "-1s"),
				refused("policy", () -> policies.parse("fixed(99999999999999999999d)"), "99999999999999999999d"),
				refused("bulk limit", () -> BulkRequest.of(BulkAction.retry(), JobFilter.ALL).limitedTo(0), "0"),
				refused("bulk limit", () -> BulkRequest.of(BulkAction.retry(), JobFilter.ALL).limitedTo(-1), "-1"),
				refused("bulk states", () -> BulkRequest.of(BulkAction.delete(), JobFilter.ALL), "DEAD"),
				refused("bulk states", () -> BulkRequest.of(BulkAction.retry(), JobFilter.ALL.in(JobState.READY)),
						"READY"),
				refused("filter tag", () -> JobFilter.ALL.tagged("a b"), "'a b'"),
				refused("group", () -> new GroupSettings("g", List.of(QueueName.DEFAULT), List.of(), 0), "0"),
				refused("group", () -> new GroupSettings("g", List.of(), List.of(), 1), "at least one queue"),
				refused("lease", () -> EngineSettings.DEFAULT.withGroups(List.of(group)).withLease(FOREVER), "24 h"),
				refused("poll", () -> EngineSettings.DEFAULT.withIntervals(Duration.ZERO, Duration.ofSeconds(1)),
						"PT0S"),
				refused("shutdown", () -> EngineSettings.DEFAULT.withShutdownTimeout(MINUS), "PT-1S"),
				refused("shutdown", () -> EngineSettings.DEFAULT.withShutdownTimeout(FOREVER), "PT24H"),
				refused("abandoned", () -> EngineSettings.DEFAULT.withAbandonment(Duration.ZERO, -1), "-1"),
				refused("queue", () -> Q.queue(""), "''"),
				refused("payload limit", () -> Q.queue("q").maxPayload(0), "0"),
				refused("capacity", () -> new MemorySettings(0, Duration.ZERO), "0"),
				refused("offer", () -> MemorySettings.DEFAULT.withOfferTimeout(FOREVER), "1 min"),
				refused("tasks", () -> RunnableQueue.concurrent(0), "0"),
				refused("tasks", () -> RunnableQueue.sequential().capacity(-1), "-1"),
				refused("tasks", () -> RunnableQueue.sequential().offerTimeout(MINUS), "PT-1S"),
				refused("tasks", () -> RunnableQueue.sequential().track(0), "0"));
	}

	@ParameterizedTest(name = "{0} {2}")
	@MethodSource("options")
	void anOptionOfAJobIsRefusedAtOnceByItsValue(String parameter, ThrowingCallable call, String value) {
		assertRefused(parameter, call, value);
	}

	@ParameterizedTest(name = "{0} {2}")
	@MethodSource("parts")
	void aPartOfAJobIsRefusedAtOnceByItsValue(String parameter, ThrowingCallable call, String value) {
		assertRefused(parameter, call, value);
	}

	@ParameterizedTest(name = "{0} {2}")
	@MethodSource("schedules")
	void aPartOfAScheduleIsRefusedAtOnceByItsValue(String parameter, ThrowingCallable call, String value) {
		assertRefused(parameter, call, value);
	}

	@ParameterizedTest(name = "{0} {2}")
	@MethodSource("others")
	void aSettingIsRefusedAtOnceByItsValue(String parameter, ThrowingCallable call, String value) {
		assertRefused(parameter, call, value);
	}

	private static void assertRefused(String parameter, ThrowingCallable call, String value) {
		assertThatIllegalArgumentException().as(parameter)
			.isThrownBy(call)
			.satisfies((ex) -> assertThat(ex).message().contains(value).hasSizeLessThan(1000));
	}

	@Test
	@SuppressWarnings("NullAway") // callers without the check may pass null
	void whatIsNullIsRefusedAtOnceByTheNameOfItsOption() {
		assertThatNullPointerException().isThrownBy(() -> NONE.delivery(null))
			.withMessageContaining("delivery is null");
		assertThatNullPointerException().isThrownBy(() -> NONE.durability(null)).withMessageContaining("durability");
		assertThatNullPointerException().isThrownBy(() -> NONE.transaction(null)).withMessageContaining("transaction");
		assertThatNullPointerException().isThrownBy(() -> NONE.deadline(null)).withMessageContaining("deadline");
	}

	@Test
	void aWaitForAResultIsNeverNegativeAndMayBeHoweverLong() throws InterruptedException {
		try (MemoryStore store = new MemoryStore(MemorySettings.DEFAULT, CLOCK, CLOCK);
				JobTemplates templates = new JobTemplates(store, HandlerRegistry.of(List.of()),
						JacksonPayloadCodec.standard(), ClientSettings.DEFAULT, new JobIds(CLOCK, new Random(1)),
						new JobEvents(List.of()))) {
			JobTemplate jobs = templates.template();
			JobReceipt receipt = jobs.enqueue(JOB);
			new JobAdmin(store).cancel(List.of(receipt.id()), "");

			assertThat(jobs.await(receipt, String.class, FOREVER)).isNotNull();
			assertThat(jobs.await(receipt, String.class, Duration.ZERO)).isNotNull();
			assertThatIllegalArgumentException().isThrownBy(() -> jobs.await(receipt, String.class, MINUS))
				.withMessageContaining("PT-1S");
		}
	}

	static Stream<Arguments> harmless() {
		return Stream.of(done("delay", () -> NONE.in(MINUS)), done("start", () -> NONE.at(Instant.MIN)),
				done("deadline", () -> NONE.deadline(Instant.MIN)),
				done("attempts", () -> NONE.maxAttempts(Integer.MAX_VALUE)),
				done("crashes", () -> NONE.maxCrashes(Integer.MAX_VALUE)),
				done("length", () -> NONE.maxLength(Integer.MAX_VALUE)),
				done("version", () -> NONE.payloadVersion(Integer.MAX_VALUE)),
				done("window", () -> new UniqueKey.Scope.Window(FOREVER).from(Instant.EPOCH)),
				done("snooze", () -> JobOutcome.snooze(FOREVER)),
				done("retryAt", () -> JobOutcome.retryAt(Instant.MIN, LONG)),
				done("reason", () -> JobOutcome.cancel(LONG)), done("handler text", () -> JobOutcome.fail("")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("harmless")
	void whatHasAMeaningHoweverFarOutIsTaken(String parameter, ThrowingCallable call) throws Throwable {
		call.call();
		assertThat(parameter).isNotEmpty();
	}

	@ParameterizedTest
	@MethodSource("durations")
	void aDelayOfAnOutcomeIsCutToWhatAStoreCanHold(Duration delay, Duration kept) {
		assertThat(new Outcome.Released(ReleaseReason.SNOOZE, delay).delay()).isEqualTo(kept);
	}

	static Stream<Arguments> durations() {
		return Stream.of(Arguments.of(Duration.ZERO, Duration.ZERO),
				Arguments.of(Duration.ofDays(1), Duration.ofDays(1)), Arguments.of(FOREVER, Outcome.LONGEST_DELAY));
	}

	@ParameterizedTest
	@MethodSource("reasons")
	void aReasonIsCutAndFreedOfWhatNoStoreCanHold(String reason, int length) {
		try (MemoryStore store = new MemoryStore(MemorySettings.DEFAULT, CLOCK, CLOCK)) {
			JobAdmin admin = new JobAdmin(store);

			assertThat(new Outcome.Cancelled(reason).reason()).hasSize(length).doesNotContain("\u0000");
			assertThat(admin.cancel(List.of(), reason)).isEqualTo(Set.of());
		}
	}

	static Stream<Arguments> reasons() {
		return Stream.of(Arguments.of("", 0), Arguments.of("a\u0000b", 3), Arguments.of(LONG, 4096));
	}

	private static Arguments refused(String parameter, ThrowingCallable call, String value) {
		return Arguments.of(parameter, call, value);
	}

	private static Arguments done(String parameter, ThrowingCallable call) {
		return Arguments.of(parameter, call);
	}

}
