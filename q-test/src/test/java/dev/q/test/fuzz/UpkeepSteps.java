package dev.q.test.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.JobControl.Edit;
import dev.q.store.JobStore;
import dev.q.store.Pause;
import dev.q.store.PauseMode;
import dev.q.store.Retention;
import dev.q.store.WorkerInfo;

/**
 * What maintenance, operators and the register of workers do.
 */
final class UpkeepSteps {

	private static final int ALL = 100_000;

	private final BothStores stores;

	private final RandomJobs jobs;

	private final Random random;

	private List<Job> seen = List.of();

	UpkeepSteps(BothStores stores, RandomJobs jobs, Random random) {
		this.stores = stores;
		this.jobs = jobs;
		this.random = random;
	}

	/** Which queue has its turn first is open. */
	void promote() {
		int limit = limit();
		if (this.jobs.hasOneQueue()) {
			this.stores.ask("promote at most " + limit, (store) -> store.maintenance().promoteDue(limit));
		}
		else {
			this.stores.ask("promote by " + limit, (store) -> sizes(() -> store.maintenance().promoteDue(limit)));
		}
	}

	/** Which jobs have their turn first is open. */
	void expire() {
		int limit = limit();
		this.stores.ask("expire by " + limit, (store) -> all(() -> store.maintenance().expire(limit)));
	}

	/** Which leases have their turn first is open. */
	void recover() {
		int limit = limit();
		this.stores.ask("recover by " + limit, (store) -> all(() -> store.maintenance().recoverExpired(limit)));
	}

	/** Which jobs of one moment have their turn first is open. */
	void purge(Retention retention) {
		int limit = limit();
		this.stores.ask("purge by %d: %s".formatted(limit, retention),
				(store) -> sizes(() -> store.maintenance().purge(retention, limit)));
	}

	private int limit() {
		return (this.random.nextInt(3) == 0) ? ALL : 1 + this.random.nextInt(5);
	}

	/** The jobs of all pieces, and how large the pieces were. */
	private static List<Object> all(Supplier<List<Job>> task) {
		List<Job> jobs = new ArrayList<>();
		List<Integer> sizes = sizes(() -> {
			List<Job> piece = task.get();
			jobs.addAll(piece);
			return piece.size();
		});
		return List.of(sizes, jobs.stream().sorted(Comparator.comparing(Job::id)).toList());
	}

	/** Does something piece by piece, as long as there is something to do. */
	private static List<Integer> sizes(IntSupplier task) {
		List<Integer> sizes = new ArrayList<>();
		int size;
		do {
			size = task.getAsInt();
			sizes.add(size);
		}
		while (size > 0 && sizes.size() < ALL);
		return sizes;
	}

	/**
	 * Whether a job that waits for the key of another one becomes ready before it is
	 * cancelled with that one is open.
	 */
	void cancel() {
		List<JobId> some = this.jobs.someIds(4);
		List<JobId> blocked = this.stores.blocked(some);
		List<JobId> ids = blocked.isEmpty() ? some : blocked;
		String reason = this.random.nextBoolean() ? this.jobs.text() : "";
		Set<JobState> from = someStates();
		this.stores.ask("cancel %s, if %s".formatted(ids, from), (store) -> store.control().cancel(ids, from, reason));
	}

	void retry() {
		List<JobId> ids = this.jobs.someIds(8);
		this.stores.ask("retry " + ids, (store) -> store.control().retry(ids));
	}

	/**
	 * Whether a job that waits for the key of another one becomes ready before its turn
	 * is open.
	 */
	void delete() {
		List<JobId> ids = this.jobs.someIds(3);
		Set<JobState> from = this.stores.blocked(ids).isEmpty() ? someStates() : Set.of();
		this.stores.ask("delete %s, if %s".formatted(ids, from), (store) -> store.control().delete(ids, from));
	}

	/** Mostly none, which means any. */
	private Set<JobState> someStates() {
		Set<JobState> states = EnumSet.noneOf(JobState.class);
		if (this.random.nextInt(3) == 0) {
			for (JobState state : JobState.values()) {
				if (this.random.nextBoolean()) {
					states.add(state);
				}
			}
		}
		return states;
	}

	private void forget() {
		List<JobId> ids = this.jobs.someIds(3);
		QueueName queue = this.jobs.queue();
		this.stores.ask("forget %s of %s".formatted(ids, queue),
				(store) -> Set.copyOf(store.control().forget(queue, ids)));
	}

	void steer() {
		switch (this.random.nextInt(7)) {
			case 0 -> hold();
			case 1 -> release();
			case 2 -> edit();
			case 3 -> forget();
			default -> reschedule();
		}
	}

	private void reschedule() {
		List<JobId> ids = this.jobs.someIds(5);
		Due due = this.jobs.due(this.stores.now());
		this.stores.ask("reschedule %s to %s".formatted(ids, due), (store) -> store.control().reschedule(ids, due));
	}

	private void hold() {
		List<JobId> ids = this.jobs.someIds(3);
		this.stores.ask("hold " + ids, (store) -> store.control().hold(ids));
	}

	private void release() {
		List<JobId> ids = this.random.nextBoolean() ? this.jobs.all() : this.jobs.someIds(5);
		this.stores.ask("release " + ids, (store) -> store.control().release(ids));
	}

	/** Sometimes as the job was when it was seen the last time. */
	private void edit() {
		JobSpec wanted = this.jobs.job(this.jobs.queue(), this.stores.now()).spec();
		Edit.Then then = this.jobs.oneOf(List.of(Edit.Then.values()));
		List<Job> now = this.stores.details(this.jobs.someIds(3)).stream().map(JobDetails::job).toList();
		List<Job> seen = (this.random.nextInt(4) == 0) ? this.seen : now;
		this.seen = now;
		for (Job job : seen) {
			if (isEditable(job, then)) {
				Edit edit = new Edit(job, edited(job.spec(), wanted), then);
				this.stores.ask("edit %s, then %s".formatted(job, then), (store) -> store.control().edit(edit));
			}
		}
	}

	private static boolean isEditable(Job job, Edit.Then then) {
		return job.state() != JobState.RUNNING && job.state() != JobState.SUCCEEDED
				&& (then == Edit.Then.STAY || job.state().isTerminal());
	}

	private static JobSpec edited(JobSpec spec, JobSpec wanted) {
		return new JobSpec(spec.queue(), spec.type(), wanted.payloadVersion(), wanted.payload(), wanted.priority(),
				spec.limits(), spec.delivery(), spec.durability(), spec.unique(), spec.retry(), wanted.tags(),
				wanted.headers());
	}

	/** Mostly queues go on: a queue that does nothing shows nothing. */
	void pause() {
		PauseMode mode = (this.random.nextInt(3) == 0) ? this.jobs.oneOf(List.of(PauseMode.values())) : PauseMode.NONE;
		QueueName queue = this.jobs.queue();
		String who = this.random.nextBoolean() ? this.jobs.text() : "";
		this.stores.ask("pause %s %s".formatted(queue, mode), (store) -> {
			store.control().pause(queue, Pause.of(mode).by(who));
			return mode;
		});
	}

	void announce() {
		WorkerId worker = this.jobs.oneOf(WorkSteps.WORKERS);
		Instant started = this.stores.now().minusNanos(this.random.nextInt(1_000_000_000));
		List<QueueName> queues = this.jobs.queues();
		WorkerInfo info = new WorkerInfo(worker, this.jobs.text(), started,
				this.jobs.oneOf(List.of(WorkerInfo.State.values())), queues,
				this.random.nextBoolean() ? Set.of() : Set.of(queues.get(0)), 1, 0);
		Duration timeToLive = Duration.ofMillis(1 + this.random.nextInt(5000));
		this.stores.ask("announce " + info, (store) -> {
			store.cluster().announce(info, timeToLive);
			return workers(store);
		});
	}

	void withdraw() {
		WorkerId worker = this.jobs.oneOf(WorkSteps.WORKERS);
		this.stores.ask("withdraw " + worker, (store) -> {
			store.cluster().withdraw(worker);
			return workers(store);
		});
	}

	private static Set<WorkerInfo> workers(JobStore store) {
		return Set.copyOf(store.cluster().workers());
	}

}
