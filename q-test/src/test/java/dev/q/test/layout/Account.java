package dev.q.test.layout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.QueueStats;
import dev.q.store.Retention;
import dev.q.store.Schedule;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import dev.q.test.contract.StoreFixture;

/**
 * Everything that a store shows of a {@link Population}, and everything that becomes of
 * it when work goes on. Two stores that hold the same give the same account.
 */
public final class Account {

	private static final int MANY = 1000;

	private static final Retention NOTHING = new Retention(Duration.ZERO, 0, Duration.ZERO, Duration.ZERO,
			Duration.ZERO);

	private final StoreFixture fixture;

	private final JobStore store;

	private final List<String> lines = new ArrayList<>();

	private int jobs;

	private Account(StoreFixture fixture) {
		this.fixture = fixture;
		this.store = fixture.store();
	}

	/**
	 * Looks at all there is, works all of it off, and deletes what is left.
	 * @param fixture a store with a population
	 * @return what was seen, a line each
	 */
	public static List<String> of(StoreFixture fixture) {
		Account account = new Account(fixture);
		account.show("as it was found");
		account.enter();
		account.work();
		account.pass();
		account.bringBack();
		account.work();
		account.show("after all was worked");
		account.purge();
		return account.lines;
	}

	private void say(String what, Object value) {
		this.lines.add(what + ": " + value);
	}

	private void show(String when) {
		say("jobs", when);
		for (JobDetails details : details()) {
			say("job", details);
			say("attempts", this.store.catalog().attempts(details.job().spec().queue(), details.id()));
			say("payload", List.of(details.job().spec().payload().contentType(),
					HexFormat.of().formatHex(details.job().spec().payload().toByteArray())));
		}
		this.store.catalog().queues().forEach((stats) -> say("queue", stats));
		this.store.schedules().list().forEach((schedule) -> say("schedule", schedule));
		this.store.cluster().workers().forEach((worker) -> say("worker", worker));
		say("first", ids(this.store.catalog().peek(Population.ORDER, MANY, JobCatalog.End.OLDEST)));
	}

	private List<JobDetails> details() {
		List<JobId> found = ids(this.store.catalog().search(JobCatalog.Query.ALL, MANY, null).items());
		return this.store.catalog().find(found);
	}

	private static List<JobId> ids(List<Job> found) {
		return found.stream().map(Job::id).toList();
	}

	/** Others that want the keys, and ids that are known. */
	private void enter() {
		for (Scope scope : Population.SCOPES) {
			QueueName queue = new QueueName("key-" + scope.getClass().getSimpleName());
			for (String key : List.of("key", "waiting", "buried")) {
				for (Conflict conflict : Conflict.values()) {
					enter(next().in(queue).uniqueBy(key, scope, conflict));
				}
			}
		}
		details().stream()
			.limit(10)
			.forEach((known) -> enter(JobDraft.aJob().as(known.id()).in(known.job().spec().queue())));
	}

	private JobDraft next() {
		this.jobs++;
		return JobDraft.aJob()
			.as(new JobId(UUID.fromString("019d0000-0000-7000-8000-%012d".formatted(this.jobs))))
			.carrying(JobDraft.payload("new " + this.jobs));
	}

	private void enter(JobDraft draft) {
		say("entered", this.store.work().insert(List.of(InsertGroup.of(List.of(draft.toNewJob())))));
	}

	/** Queue by queue, until nothing is ready any more. */
	private void work() {
		for (QueueName queue : this.store.catalog().queues().stream().map(QueueStats::queue).toList()) {
			HandWorker worker = HandWorker.of(this.store, "worker-2").on(queue);
			List<ClaimedJob> claimed = worker.claim(MANY);
			while (!claimed.isEmpty()) {
				say("claimed", claimed.stream().map((job) -> job.job().id() + " " + job.job().counters()).toList());
				claimed.forEach((job) -> say("settled", worker.succeed(job)));
				claimed = worker.claim(MANY);
			}
		}
	}

	/** What many steps bring back at one moment comes in no order. */
	private void pass() {
		this.fixture.advance(Duration.ofHours(2));
		say("recovered", sorted(this.store.maintenance().recoverExpired(MANY)));
		say("promoted", this.store.maintenance().promoteDue(MANY));
		say("expired", sorted(this.store.maintenance().expire(MANY)));
		for (Schedule due : this.store.schedules().due(MANY).due()) {
			JobDraft tick = next();
			say("fired " + due, this.store.schedules()
				.fire(due, this.fixture.now().plus(Duration.ofDays(1)), tick.in(due.spec().queue()).toNewJob()));
		}
		this.store.catalog().queues().forEach((queue) -> this.store.control().resume(queue.queue()));
	}

	private static List<Job> sorted(List<Job> found) {
		return found.stream().sorted(Comparator.comparing((job) -> job.id().value())).toList();
	}

	private void bringBack() {
		List<JobId> ended = ended(JobState.DEAD, JobState.CANCELLED, JobState.EXPIRED);
		say("brought back", this.store.control().retry(ended));
		List<JobId> held = details().stream().map(JobDetails::id).toList();
		say("let go", this.store.control().release(held));
		say("moved", this.store.control().reschedule(held, Due.NOW));
	}

	private List<JobId> ended(JobState... states) {
		return ids(this.store.catalog().search(new JobCatalog.Query(Set.of(states), null, null), MANY, null).items());
	}

	private void purge() {
		this.fixture.advance(Duration.ofDays(1));
		say("purged", this.store.maintenance().purge(NOTHING, MANY));
		this.store.control().delete(ids(this.store.catalog().search(JobCatalog.Query.ALL, MANY, null).items()));
		show("at the end");
	}

}
