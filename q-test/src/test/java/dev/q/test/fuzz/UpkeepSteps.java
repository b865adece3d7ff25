package dev.q.test.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

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

	UpkeepSteps(BothStores stores, RandomJobs jobs, Random random) {
		this.stores = stores;
		this.jobs = jobs;
		this.random = random;
	}

	void promote() {
		int limit = limit();
		this.stores.ask("promote at most " + limit, (store) -> store.maintenance().promoteDue(limit));
	}

	void expire() {
		int limit = limit();
		this.stores.ask("expire at most " + limit, (store) -> store.maintenance().expire(limit), UpkeepSteps::byId);
	}

	/** Which queue has its turn first is open. */
	private int limit() {
		return this.jobs.hasOneQueue() ? 1 + this.random.nextInt(5) : ALL;
	}

	/**
	 * In pieces, as long as there is something: which leases have their turn first is
	 * open, and so is the order of the jobs that are ready again. So those go elsewhere.
	 */
	void recover() {
		int piece = 1 + this.random.nextInt(5);
		List<Job> recovered = this.stores.ask("recover by " + piece, (store) -> {
			List<Job> all = new ArrayList<>();
			List<Job> some;
			do {
				some = store.maintenance().recoverExpired(piece);
				all.addAll(some);
			}
			while (!some.isEmpty());
			return all;
		}, UpkeepSteps::byId);
		Set<List<Object>> lanes = new HashSet<>();
		List<JobId> crowd = recovered.stream()
			.filter((job) -> job.state() == JobState.READY)
			.filter((job) -> this.stores.differsInOpenMatters()
					|| !lanes.add(List.of(job.spec().queue(), job.spec().priority())))
			.map(Job::id)
			.sorted()
			.toList();
		if (!crowd.isEmpty()) {
			reschedule(crowd, Due.in(Duration.ofMillis(1 + this.random.nextInt(2000))));
		}
	}

	/** In pieces, as long as there is something: which jobs go first is open. */
	void purge(Retention retention) {
		int piece = (this.random.nextInt(3) == 0) ? 1 + this.random.nextInt(5) : ALL;
		this.stores.ask("purge by %d: %s".formatted(piece, retention),
				(store) -> inPieces(store, (each) -> each.maintenance().purge(retention, piece)));
	}

	private static int inPieces(JobStore store, ToIntFunction<JobStore> task) {
		int all = 0;
		int some;
		do {
			some = task.applyAsInt(store);
			all += some;
		}
		while (some > 0);
		return all;
	}

	private static List<Job> byId(Collection<Job> jobs) {
		return jobs.stream().sorted(Comparator.comparing(Job::id)).toList();
	}

	void cancel() {
		List<JobId> ids = this.jobs.someIds(4);
		String reason = this.random.nextBoolean() ? this.jobs.text() : "";
		this.stores.ask("cancel " + ids, (store) -> store.control().cancel(ids, reason));
	}

	void retry() {
		List<JobId> ids = this.jobs.someIds(8);
		this.stores.ask("retry " + ids, (store) -> store.control().retry(ids));
	}

	void delete() {
		List<JobId> ids = this.jobs.someIds(3);
		this.stores.ask("delete " + ids, (store) -> store.control().delete(ids));
	}

	void steer() {
		switch (this.random.nextInt(6)) {
			case 0 -> hold();
			case 1 -> release();
			case 2 -> edit();
			default -> reschedule(this.jobs.someIds(5), this.jobs.due(this.stores.now()));
		}
	}

	private void hold() {
		List<JobId> ids = this.jobs.someIds(3);
		this.stores.ask("hold " + ids, (store) -> store.control().hold(ids));
	}

	private void release() {
		List<JobId> ids = this.jobs.all();
		this.stores.ask("release " + ids, (store) -> store.control().release(ids));
	}

	private void edit() {
		JobSpec model = this.jobs.job(this.jobs.queue(), this.stores.now()).spec();
		List<JobId> ids = this.jobs.someIds(1);
		Edit.Then then = this.jobs.oneOf(List.of(Edit.Then.values()));
		this.stores.ask("edit %s, then %s".formatted(ids, then),
				(store) -> store.catalog()
					.find(ids)
					.stream()
					.map(JobDetails::job)
					.filter((job) -> isEditable(job, then))
					.map((job) -> store.control().edit(new Edit(job, edited(job.spec(), model), then)))
					.toList());
	}

	private static boolean isEditable(Job job, Edit.Then then) {
		return job.state() != JobState.RUNNING && job.state() != JobState.SUCCEEDED
				&& (then == Edit.Then.STAY || job.state().isTerminal());
	}

	private static JobSpec edited(JobSpec spec, JobSpec model) {
		return new JobSpec(spec.queue(), spec.type(), model.payloadVersion(), model.payload(), model.priority(),
				spec.limits(), spec.delivery(), spec.durability(), spec.unique(), spec.retry(), model.tags(),
				model.headers());
	}

	private void reschedule(List<JobId> ids, Due due) {
		this.stores.ask("reschedule %s to %s".formatted(ids, due), (store) -> store.control().reschedule(ids, due));
	}

	/** Mostly queues go on: a queue that does nothing shows nothing. */
	void pause() {
		PauseMode mode = (this.random.nextInt(3) == 0) ? this.jobs.oneOf(List.of(PauseMode.values())) : PauseMode.NONE;
		QueueName queue = this.jobs.queue();
		this.stores.ask("pause %s %s".formatted(queue, mode), (store) -> {
			store.control().pause(queue, mode);
			return mode;
		});
	}

	void announce() {
		WorkerId worker = this.jobs.oneOf(WorkSteps.WORKERS);
		Instant started = this.stores.now().minusNanos(this.random.nextInt(1_000_000_000));
		WorkerInfo info = new WorkerInfo(worker, this.jobs.text(), started,
				this.jobs.oneOf(List.of(WorkerInfo.State.values())), this.jobs.queues(), 1, 0);
		Duration timeToLive = Duration.ofMillis(1 + this.random.nextInt(5000));
		this.stores.ask("announce " + info, (store) -> {
			store.cluster().announce(info, timeToLive);
			return store.cluster().workers();
		});
	}

	void withdraw() {
		WorkerId worker = this.jobs.oneOf(WorkSteps.WORKERS);
		this.stores.ask("withdraw " + worker, (store) -> {
			store.cluster().withdraw(worker);
			return store.cluster().workers().stream().map(WorkerInfo::id).collect(Collectors.toSet());
		});
	}

}
