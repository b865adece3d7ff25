package dev.q.test.layout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.q.job.Due;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.job.StoredResult;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.job.WorkerId;
import dev.q.schedule.Misfire;
import dev.q.schedule.Overlap;
import dev.q.schedule.ScheduleOptions;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.Pause;
import dev.q.store.PauseMode;
import dev.q.store.Schedule;
import dev.q.store.WorkerInfo;
import dev.q.test.Careers;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import dev.q.test.contract.StoreFixture;

/**
 * Jobs in every state and with every option, schedules, workers and pauses: the same in
 * every store, down to their ids and times.
 */
public final class Population {

	static final List<Scope> SCOPES = List.of(Scope.PENDING, Scope.UNTIL_DONE, Scope.UNTIL_SUCCESS,
			new Scope.Window(Duration.ofHours(1)));

	static final QueueName ORDER = new QueueName("order");

	private static final Duration LATER = Duration.ofHours(1);

	private final StoreFixture fixture;

	private final Careers careers;

	private int jobs;

	private Population(StoreFixture fixture) {
		this.fixture = fixture;
		this.careers = new Careers(fixture.store(), fixture::advance);
	}

	/**
	 * Fills a store.
	 * @param fixture an empty store, whose clock is moved on
	 * @return how far its clock was moved
	 */
	public static Duration settleIn(StoreFixture fixture) {
		Instant start = fixture.now();
		Population population = new Population(fixture);
		population.crashes();
		population.options();
		population.states();
		population.order();
		population.keys();
		population.others();
		return Duration.between(start, fixture.now());
	}

	/** A job whose id is always the same. */
	private JobDraft next(String queue) {
		this.jobs++;
		JobId id = new JobId(UUID.fromString("019c0000-0000-7000-8000-%012d".formatted(this.jobs)));
		return JobDraft.aJob().as(id).in(new QueueName(queue)).carrying(JobDraft.payload("payload " + this.jobs));
	}

	private void insert(JobDraft draft) {
		this.fixture.store().work().insert(List.of(InsertGroup.of(List.of(draft.toNewJob()))));
	}

	private HandWorker worker(String queue) {
		return HandWorker.of(this.fixture.store(), "worker-1").on(new QueueName(queue));
	}

	/** First, since time passes here. */
	private void crashes() {
		this.careers.lose(next("crashed"), Careers.Loss.RECOVERED);
		this.careers.lose(next("crashed-for-good").survivingLessThan(1), Careers.Loss.RECOVERED);
		this.careers.lose(next("started-once").startingOnce(), Careers.Loss.RECOVERED);
		insert(next("expired").livingFor(Duration.ofSeconds(1)));
		this.fixture.advance(Duration.ofSeconds(2));
		this.fixture.store().maintenance().expire(10);
	}

	private void options() {
		Instant deadline = this.fixture.now().plus(Duration.ofDays(2));
		byte[] bytes = new byte[256];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) i;
		}
		insert(next("options").carrying(Payload.octets(bytes)));
		insert(next("options")
			.carrying(Payload.of("text/plain; charset=utf-8", "Grüße\n\u0000".getBytes(StandardCharsets.UTF_8))));
		insert(next("options").ofType(new TypeName("mail.welcome_v-2"))
			.withPriority(9)
			.annotated(Set.of("red", "blue"), Map.of("trace", "a=b\nc", "empty", "")));
		insert(next("options").limited((limits) -> new JobLimits(7, 2, Duration.ofMinutes(5), Duration.ofSeconds(90),
				Duration.ofDays(1), deadline)));
		insert(next("options").until(deadline).delayedBy(LATER));
		insert(next("options").startingOnce());
		JobDraft usual = next("options");
		JobSpec spec = usual.spec();
		insert(usual.with(new JobSpec(spec.queue(), spec.type(), 3, spec.payload(), spec.priority(), spec.limits(),
				spec.delivery(), spec.durability(), null, "exponential(1s, 2, 1h, 0.2)", spec.tags(), spec.headers())));
	}

	private void states() {
		for (JobState state : Careers.STATES) {
			this.careers.bring(next("state-" + state), state);
		}
		insert(next("held"));
		insert(next("held").delayedBy(LATER));
		this.fixture.store().control().hold(List.of(last()));
		results();
	}

	private JobId last() {
		return new JobId(UUID.fromString("019c0000-0000-7000-8000-%012d".formatted(this.jobs)));
	}

	private void results() {
		HandWorker worker = worker("results");
		insert(next("results"));
		worker.settle(worker.claimOne(), new Outcome.Succeeded(
				new StoredResult.Value(Payload.json("{\"sum\":42}".getBytes(StandardCharsets.UTF_8)))));
		insert(next("results"));
		worker.settle(worker.claimOne(), new Outcome.Succeeded(new StoredResult.Omitted("larger than 64 KiB")));
		insert(next("results"));
		worker.callOff(worker.claimOne());
		failures();
	}

	private void failures() {
		HandWorker worker = worker("failures");
		insert(next("failures"));
		for (int i = 1; i <= 7; i++) {
			JobError error = new JobError("test.Failure", "line " + i + "\nof more", "\tat one\n\tat two");
			worker.settle(worker.claimOne(), new Outcome.Retry(Duration.ZERO, error));
		}
	}

	/** Jobs that went back in all ways, beside some that never were claimed. */
	private void order() {
		HandWorker worker = worker(ORDER.value());
		for (int priority : new int[] { 5, 0, 9, 5 }) {
			insert(next(ORDER.value()).withPriority(priority));
		}
		for (int i = 0; i < 4; i++) {
			insert(next(ORDER.value()));
		}
		List<ClaimedJob> claimed = worker.claim(5);
		worker.handBack(claimed.get(0));
		worker.settle(claimed.get(1), new Outcome.Released(ReleaseReason.NACK, Duration.ZERO));
		worker.fail(claimed.get(2), Duration.ZERO);
		worker.fail(claimed.get(3), LATER);
		worker.settle(claimed.get(4), new Outcome.Released(ReleaseReason.SNOOZE, LATER));
	}

	private void keys() {
		for (Scope scope : SCOPES) {
			String queue = "key-" + scope.getClass().getSimpleName();
			insert(next(queue).uniqueBy("key", scope, Conflict.RUN_AGAIN_AFTER));
			worker(queue).claimOne();
			insert(next(queue).uniqueBy("key", scope, Conflict.RUN_AGAIN_AFTER));
			insert(next(queue).uniqueBy("waiting", scope, Conflict.REPLACE_PAYLOAD));
			insert(next(queue).uniqueBy("waiting", scope, Conflict.REPLACE_PAYLOAD));
			insert(next(queue).uniqueBy("buried", scope, Conflict.RETURN_EXISTING).withPriority(0));
			worker(queue).bury(worker(queue).claimOne());
		}
	}

	private void others() {
		Instant soon = this.fixture.now().plus(Duration.ofMinutes(10));
		Schedule daily = new Schedule("daily", "cron 0 3 * * *", "Europe/Berlin", next("ticks").spec(), soon);
		Schedule often = new Schedule("often", "every 10m", "UTC", next("ticks").spec(), soon).withOptions(
				new ScheduleOptions(new Misfire(3, LATER), Overlap.QUEUE_ONE, Duration.ofSeconds(7), "application"));
		Schedule resting = new Schedule("resting", "every 1h", "UTC", next("ticks").spec(), soon);
		this.fixture.store().schedules().save(List.of(daily, often, resting));
		this.fixture.store().schedules().pause("resting");
		Schedule fired = this.fixture.store().schedules().list().get(0);
		this.fixture.store().schedules().fire(fired, soon.plus(LATER), next("ticks").due(Due.NOW).toNewJob());
		for (PauseMode mode : List.of(PauseMode.IN, PauseMode.OUT, PauseMode.ALL)) {
			QueueName queue = new QueueName("paused-" + mode);
			insert(next(queue.value()));
			this.fixture.store().control().pause(queue, Pause.of(mode).by("ada\n" + mode));
		}
		this.fixture.store()
			.cluster()
			.announce(new WorkerInfo(new WorkerId("host-1"), "host", this.fixture.now(), WorkerInfo.State.RUNNING,
					List.of(ORDER, QueueName.DEFAULT), Set.of(), 8, 3), Duration.ofDays(1));
	}

}
