package dev.q.test.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.q.job.Durability;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.redis.RedisSettings;
import dev.q.store.redis.RedisStore;
import dev.q.test.JobDraft;
import dev.q.test.Race;
import dev.q.test.server.Patience;
import dev.q.test.server.RedisReplication;
import dev.q.test.server.RedisServers;
import dev.q.test.server.RedisSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Jobs that are to be copied to replicas before their enqueue returns.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RedisReplicationTests {

	private static final String NAMESPACE = "copies";

	/** For copies that come. */
	private static final Duration LONG = Duration.ofSeconds(30);

	private RedisReplication pair;

	private RedisStore store;

	@BeforeEach
	void start() {
		this.pair = RedisReplication.startFrom(oldest());
		this.store = new RedisStore(new RedisSettings(NAMESPACE, Duration.ofSeconds(5), false),
				RedisTarget.standalone(this.pair.master().server()).connections());
	}

	private static RedisSource oldest() {
		List<RedisSource> binaries = RedisServers.binaries();
		return binaries.get(binaries.size() - 1);
	}

	@AfterEach
	void stop() {
		this.store.close();
		this.pair.close();
	}

	@Test
	void aJobIsOnTheReplicaWhenItsEnqueueReturns() {
		for (int i = 1; i <= 20; i++) {
			assertThat(insert(copied(1, LONG))).isInstanceOf(InsertAnswer.Accepted.class);
			assertThat(this.pair.replica().command("HLEN", NAMESPACE + ":{default}:jobs")).isEqualTo((long) i);
		}
	}

	@Test
	void tooFewCopiesAreReportedAndTheJobExists() {
		JobDraft draft = insertUntilOneIsCounted(this.store, Duration.ofMillis(100));

		assertThat(this.store.catalog().find(List.of(draft.id()))).singleElement()
			.satisfies((found) -> assertThat(found.state()).isEqualTo(JobState.READY));
	}

	@Test
	void withoutItsReplicaNoCopyIsMadeAndLaterOnesAreAgain() {
		insert(copied(1, LONG));
		this.pair.replica().kill();
		JobDraft draft = copied(1, Duration.ofMillis(100));

		assertThat(insert(draft)).isInstanceOfSatisfying(InsertAnswer.NotReplicated.class,
				(answer) -> assertThat(answer.reached()).isZero());

		this.pair.replica().restart();
		this.pair.awaitLink();
		assertThat(insert(copied(1, LONG))).isInstanceOf(InsertAnswer.Accepted.class);
	}

	@Test
	void manyProducersOfCopiedJobsShareFewConnections() {
		List<InsertAnswer> answers = Race.of(16, (i) -> () -> insert(copied(1, LONG)));

		assertThat(answers).hasOnlyElementsOfType(InsertAnswer.Accepted.class);
		assertThat(this.pair.replica().command("HLEN", NAMESPACE + ":{default}:jobs")).isEqualTo(16L);
		assertThat(Integer.parseInt(this.pair.master().server().info("clients").get("connected_clients")))
			.isLessThanOrEqualTo(8);
	}

	@Test
	void whoWaitsForCopiesHoldsUpNobodyElse() throws Exception {
		ExecutorService threads = Executors.newSingleThreadExecutor();
		try {
			insert(copied(1, LONG));
			CompletableFuture<InsertAnswer> waiting = CompletableFuture
				.supplyAsync(() -> insert(copied(2, Duration.ofMinutes(1))), threads);
			Patience.until("it waits", LONG, () -> whoWaits().find());

			for (int i = 0; i < 10; i++) {
				assertThat(insert(JobDraft.aJob())).isInstanceOf(InsertAnswer.Accepted.class);
			}

			assertThat(waiting).as("the one who waits").isNotDone();
			Matcher it = whoWaits();
			assertThat(it.find()).isTrue();
			this.pair.master().command("CLIENT", "UNBLOCK", it.group(1));
			assertThat(waiting.get()).isInstanceOf(InsertAnswer.NotReplicated.class);
		}
		finally {
			threads.shutdownNow();
		}
	}

	/** Finds the connection that waits for copies. */
	private Matcher whoWaits() {
		String clients = String.valueOf(this.pair.master().command("CLIENT", "LIST"));
		return Pattern.compile("id=(\\d+) .* flags=b .* cmd=wait\\b").matcher(clients);
	}

	@Test
	void manyJobsThatCannotBeCopiedWaitTogether() {
		List<InsertGroup> groups = Stream.generate(() -> group(copied(2, Duration.ofSeconds(1)))).limit(32).toList();

		List<InsertAnswer> answers = this.store.work().insert(groups);

		assertThat(answers).hasSize(32)
			.allSatisfy((answer) -> assertThat(answer).isInstanceOf(InsertAnswer.NotReplicated.class));
	}

	@Test
	void copiesMayTakeLongerThanAnyOtherCommand() {
		try (RedisStore hasty = new RedisStore(new RedisSettings(NAMESPACE, Duration.ofSeconds(2), false),
				RedisTarget.standalone(this.pair.master().server()).connections())) {
			JobDraft draft = insertUntilOneIsCounted(hasty, Duration.ofSeconds(3));

			assertThat(hasty.catalog().find(List.of(draft.id()))).hasSize(1);
		}
	}

	@Test
	void ofAJobThatWasThereBeforeNoCopiesAreMissed() {
		JobDraft draft = copied(2, Duration.ofMillis(50));
		insert(draft);

		assertThat(insert(draft))
			.isEqualTo(new InsertAnswer.Accepted(List.of(new InsertAnswer.Entry(draft.id(), false))));
	}

	@Test
	void ofSeveralGroupsEachIsAnsweredInItsPlace() {
		JobDraft copied = copied(1, LONG);
		JobDraft short0 = copied(3, Duration.ofMillis(50));
		JobDraft usual = JobDraft.aJob();

		List<InsertAnswer> answers = this.store.work().insert(List.of(group(short0), group(usual), group(copied)));

		assertThat(answers.get(0)).isInstanceOf(InsertAnswer.NotReplicated.class);
		assertThat(answers.get(1))
			.isEqualTo(new InsertAnswer.Accepted(List.of(new InsertAnswer.Entry(usual.id(), true))));
		assertThat(answers.get(2))
			.isEqualTo(new InsertAnswer.Accepted(List.of(new InsertAnswer.Entry(copied.id(), true))));
	}

	@Test
	void aPromotedReplicaHasTheJobsAndTheirLeases() {
		JobDraft ready = copied(1, LONG);
		insert(ready);
		this.pair.master().kill();
		RedisStore promoted = new RedisStore(new RedisSettings(NAMESPACE, Duration.ofSeconds(5), false),
				RedisTarget.standalone(this.pair.promoteReplica().server()).connections());

		try (promoted) {
			assertThat(promoted.catalog().find(List.of(ready.id()))).singleElement()
				.satisfies((found) -> assertThat(found.state()).isEqualTo(JobState.READY));
		}
	}

	/** The one copy that there is may come too late to be counted in a short wait. */
	private static JobDraft insertUntilOneIsCounted(RedisStore store, Duration wait) {
		JobDraft draft;
		InsertAnswer answer;
		do {
			draft = copied(2, wait);
			answer = store.work().insert(List.of(group(draft))).get(0);
		}
		while (answer.equals(lacking(draft, 0)));
		assertThat(answer).isEqualTo(lacking(draft, 1));
		return draft;
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
		JobSpec spec = draft.spec();
		return draft.with(new JobSpec(spec.queue(), spec.type(), spec.payloadVersion(), spec.payload(), spec.priority(),
				spec.limits(), spec.delivery(), new Durability.Replicated(replicas, timeout), spec.unique(),
				spec.retry(), spec.tags(), spec.headers()));
	}

}
