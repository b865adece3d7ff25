package dev.q.test.postgres;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.q.job.DeadReason;
import dev.q.job.Due;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.NewJob;
import dev.q.job.Outcome;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.job.StoredResult;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey;
import dev.q.job.WorkerId;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.PauseMode;
import dev.q.store.Retention;
import dev.q.store.Settlement;

/**
 * Small calls of every kind on a store, so that it can be seen what each costs while very
 * many other jobs are there.
 */
final class Errands {

	private static final QueueName QUEUE = new QueueName("large");

	private static final Duration LEASE = Duration.ofSeconds(30);

	private static final Retention FEW = new Retention(Duration.ofHours(1), 20, Duration.ofHours(1),
			Duration.ofHours(1), Duration.ofHours(1));

	private final PostgresStoreFixture fixture;

	private final JobStore store;

	private final JobSpec spec = JobSpec.of(QUEUE, new TypeName("mail"), Payload.of(Payload.JSON, new byte[100]));

	private List<JobId> ids = List.of();

	private List<ClaimedJob> held = List.of();

	Errands(PostgresStoreFixture fixture) {
		this.fixture = fixture;
		this.store = fixture.store();
	}

	/** Everything that a store can do, in this order. */
	Map<String, Runnable> all() {
		Map<String, Runnable> all = new LinkedHashMap<>();
		all.put("insert", () -> this.ids = insert(this.spec, Due.NOW, 10));
		all.put("insert again", () -> this.store.work().insert(List.of(group(this.spec, Due.NOW, this.ids))));
		all.put("insert unique",
				() -> insert(this.spec.withUnique(UniqueKey.of(UUID.randomUUID().toString())), Due.NOW, 2));
		all.put("insert in all scopes", this::insertInAllScopes);
		all.put("insert bounded", this::insertBounded);
		all.put("insert for later", () -> insert(this.spec, Due.in(Duration.ofSeconds(40)), 2));
		all.put("claim", () -> this.held = claim(10));
		all.put("renew", () -> this.store.work().renew(this.held.stream().map(ClaimedJob::lease).toList()));
		all.put("settle", this::settle);
		all.put("reschedule", () -> this.store.control().reschedule(this.ids.subList(0, 2), Due.in(LEASE)));
		all.put("find", () -> this.store.catalog().find(this.ids));
		all.put("find in queue", () -> this.store.catalog().find(QUEUE, this.ids));
		all.put("attempts", () -> this.store.catalog().attempts(QUEUE, this.ids.get(3)));
		all.put("cancel", () -> this.store.control().cancel(this.ids.subList(2, 5), "test"));
		all.put("forget", () -> this.store.control().forget(QUEUE, this.ids.subList(2, 3)));
		all.put("retry", () -> this.store.control().retry(this.ids));
		all.put("delete", () -> this.store.control().delete(this.ids.subList(4, 7)));
		all.putAll(upkeep());
		all.putAll(looks());
		return all;
	}

	private Map<String, Runnable> upkeep() {
		Map<String, Runnable> all = new LinkedHashMap<>();
		all.put("claim and be lost", () -> this.held = claim(3));
		all.put("insert for a while",
				() -> insert(this.spec.withLimits(new JobLimits(25, 3, null, null, Duration.ofSeconds(5), null)),
						Due.NOW, 2));
		all.put("time passes", () -> this.fixture.advance(Duration.ofSeconds(60)));
		all.put("recover", () -> this.store.maintenance().recoverExpired(100));
		all.put("promote", () -> this.store.maintenance().promoteDue(100));
		all.put("expire", () -> this.store.maintenance().expire(100));
		all.put("purge", () -> this.store.maintenance().purge(FEW, 100));
		all.put("claim what came back", () -> this.held = claim(10));
		all.put("settle it", this::settle);
		all.put("pause", () -> this.store.control().pause(new QueueName("other"), PauseMode.ALL));
		return all;
	}

	private Map<String, Runnable> looks() {
		Map<String, Runnable> all = new LinkedHashMap<>();
		all.put("search all", () -> this.store.catalog().search(JobCatalog.Query.ALL, 10, null));
		all.put("search some", () -> this.store.catalog()
			.search(new JobCatalog.Query(Set.of(JobState.READY), QUEUE, new TypeName("mail")), 10, null));
		all.put("peek", () -> this.store.catalog().peek(QUEUE, 10, JobCatalog.End.OLDEST));
		all.put("peek at the end", () -> this.store.catalog().peek(QUEUE, 10, JobCatalog.End.NEWEST));
		all.put("see what stands around", () -> this.ids.forEach((id) -> this.store.catalog().standing(QUEUE, id, 10)));
		all.put("left behind",
				() -> call("q_left_behind_v1(array['large'], array[11]::smallint[], array[?]::bigint[])", 5));
		all.put("wait", () -> call("q_wait_v1('w', array['large'], ?)", 1000));
		all.put("wake", () -> call("q_wake_v1('none', array['large'], array[2], array[?]::bigint[])", 0));
		return all;
	}

	private void call(String function, int arg) {
		this.fixture.jdbc().queryForList("select * from %s.%s".formatted(this.fixture.schema(), function), arg);
	}

	private List<JobId> insert(JobSpec of, Due due, int jobs) {
		List<JobId> made = new ArrayList<>(jobs);
		for (int i = 0; i < jobs; i++) {
			made.add(new JobId(UUID.randomUUID()));
		}
		this.store.work().insert(List.of(group(of, due, made)));
		return made;
	}

	private static InsertGroup group(JobSpec of, Due due, List<JobId> ids) {
		return InsertGroup.of(ids.stream().map((id) -> new NewJob(id, of, due)).toList());
	}

	/**
	 * Each key twice, so that all conflicts are met, by a job that waits and by one that
	 * runs.
	 */
	private void insertInAllScopes() {
		QueueName queue = new QueueName("keyed");
		for (int round = 0; round < 2; round++) {
			List<NewJob> jobs = new ArrayList<>();
			for (UniqueKey.Scope scope : List.of(UniqueKey.Scope.PENDING, UniqueKey.Scope.UNTIL_SUCCESS,
					new UniqueKey.Scope.Window(LEASE))) {
				for (UniqueKey.Conflict conflict : UniqueKey.Conflict.values()) {
					JobSpec spec = JobSpec.of(queue, new TypeName("mail"), this.spec.payload())
						.withUnique(new UniqueKey(scope + " " + conflict, scope, conflict));
					jobs.add(new NewJob(new JobId(UUID.randomUUID()), spec, Due.NOW));
					jobs.add(new NewJob(new JobId(UUID.randomUUID()), spec, Due.NOW));
				}
			}
			this.store.work().insert(List.of(InsertGroup.of(jobs)));
			this.store.work().claim(new ClaimRequest(List.of(queue), jobs.size(), LEASE, new WorkerId("w")));
		}
	}

	private void insertBounded() {
		QueueName bounded = new QueueName("bounded");
		JobSpec spec = JobSpec.of(bounded, new TypeName("mail"), this.spec.payload());
		this.store.work()
			.insert(List
				.of(new InsertGroup(bounded, List.of(new NewJob(new JobId(UUID.randomUUID()), spec, Due.NOW)), 1000)));
	}

	private List<ClaimedJob> claim(int most) {
		return claim(most, LEASE);
	}

	private List<ClaimedJob> claim(int most, Duration lease) {
		return this.store.work().claim(new ClaimRequest(List.of(QUEUE), most, lease, new WorkerId("w-errand"))).jobs();
	}

	private void settle() {
		JobError error = JobError.of("none", "said so");
		List<Outcome> outcomes = List.of(new Outcome.Succeeded(StoredResult.NONE),
				new Outcome.Dead(DeadReason.EXHAUSTED, error), new Outcome.Cancelled("so"),
				new Outcome.Retry(Duration.ofSeconds(1), error),
				new Outcome.Released(ReleaseReason.SHUTDOWN, Duration.ZERO));
		List<Settlement> settlements = new ArrayList<>();
		for (int i = 0; i < this.held.size(); i++) {
			settlements.add(new Settlement(this.held.get(i).lease(), outcomes.get(i % outcomes.size())));
		}
		this.store.work().settle(settlements, FEW);
	}

	/** Stores very many jobs, of which some run and some have ended. */
	void fill(int jobs) {
		for (int i = 0; i < jobs; i += 1000) {
			insert(this.spec, Due.NOW, 1000);
			insert(this.spec, Due.in(Duration.ofDays(1)), 100);
			for (int single = 0; single < 50; single++) {
				insert(this.spec.withUnique(UniqueKey.of(UUID.randomUUID().toString())), Due.NOW, 1);
				claim(1, Duration.ofHours(12));
			}
			this.store.work()
				.settle(claim(500).stream()
					.map((job) -> new Settlement(job.lease(), new Outcome.Cancelled("so")))
					.toList(), FEW);
		}
		this.fixture.advance(LEASE.plusSeconds(1));
		this.store.maintenance().recoverExpired(100);
	}

}
