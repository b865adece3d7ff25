package dev.q.store.jdbc;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.ClaimRequest;
import dev.q.store.StoreListener;
import dev.q.store.StoreListener.Ends;
import dev.q.store.Subscription;
import dev.q.store.ends.AwaitedJobs;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.known.LowerBounds;
import dev.q.store.jdbc.signal.Ears;
import dev.q.store.jdbc.signal.News;
import dev.q.store.jdbc.signal.Wire;

/**
 * Tells workers that waiting may be over: first those of this process, directly, and then
 * those of others, by way of the server.
 */
final class Signals implements Wire.Hearer {

	private final Database database;

	private final Ears ears = new Ears();

	private final LowerBounds bounds;

	private final Notifier notifier;

	private final Wire wire;

	/** Until when the server knows that a worker waits, in its time. */
	private final Map<Waiter, Long> known = new ConcurrentHashMap<>();

	private final AwaitedJobs awaited = new AwaitedJobs(this::say);

	Signals(Database database, DataSource listening, LowerBounds bounds) {
		this.database = database;
		this.bounds = bounds;
		this.notifier = new Notifier(database);
		this.wire = new Wire(listening, database.settings().channel(), this);
	}

	private boolean isNotified() {
		return this.database.settings().wakeup() == PostgresSettings.Wakeup.NOTIFY;
	}

	Subscription subscribe(WorkerId worker, StoreListener listener) {
		this.database.requireOpen();
		Subscription subscription = this.ears.add(worker, listener);
		if (isNotified()) {
			this.awaited.hearOthers();
			this.wire.connect();
		}
		return subscription;
	}

	/** Whoever listens does not wait for the wire, which tells when it is there. */
	Subscription hearEnds(Ends listener) {
		this.database.requireOpen();
		Subscription subscription = this.awaited.listen(listener);
		if (isNotified()) {
			this.awaited.hearOthers();
			this.wire.start();
		}
		return subscription;
	}

	/** The jobs that somebody waits for. */
	AwaitedJobs awaited() {
		return this.awaited;
	}

	private void say(String message) {
		if (isNotified()) {
			this.notifier.tell(new News().message(message));
		}
	}

	/** A number that changes with every news. */
	long news() {
		return this.ears.news();
	}

	/**
	 * Lets a worker wait that found fewer jobs than it can take.
	 * @param seen the number of the news before it looked
	 * @param storeTime what the clock of the server showed
	 * @return whether it should look again first, since it may have missed something
	 */
	boolean waits(ClaimRequest request, long seen, Instant storeTime) {
		if (!this.ears.hears(request.worker())) {
			return false;
		}
		boolean looksAgain = !this.ears.await(request.worker(), request.queues(), seen);
		return (isNotified() && registers(request, storeTime.toEpochMilli())) || looksAgain;
	}

	/** Only what the server sees before a job is committed does it tell of the job. */
	private boolean registers(ClaimRequest request, long now) {
		List<QueueName> unknown = request.queues()
			.stream()
			.filter((queue) -> this.known.getOrDefault(new Waiter(request.worker(), queue), 0L) <= now)
			.toList();
		if (unknown.isEmpty()) {
			return false;
		}
		long life = this.database.settings().waiterLife().toMillis();
		this.database.call("q_wait_v1", new Args().text(request.worker().value()).texts(unknown).number(life),
				(row) -> true);
		// Renewed in time, so that a worker that waits long is always known.
		unknown.forEach((queue) -> this.known.put(new Waiter(request.worker(), queue), now + life / 2));
		return true;
	}

	/** Must be called after the commit of what the news is about. */
	void tell(News news) {
		News left = new News();
		// First, so that whoever is told sees what it is told of.
		news.late().forEach((queue, late) -> {
			this.bounds.lower(queue, late.place());
			left.late(queue, late);
		});
		news.ready().forEach((queue, jobs) -> {
			int others = this.ears.jobsReady(queue, jobs);
			if (others > 0) {
				left.ready(queue, others);
			}
		});
		news.revoked().forEach((job, worker) -> {
			if (!this.ears.leaseRevoked(worker, job)) {
				left.revoked(job, worker.value());
			}
		});
		if (isNotified() && !left.isEmpty()) {
			this.notifier.tell(left);
		}
	}

	@Override
	public void hear(String message) {
		if (AwaitedJobs.isMeant(message)) {
			this.awaited.hear(message);
			return;
		}
		String[] words = message.split(" ", -1);
		if (words[0].equals("ready")) {
			hearReady(new WorkerId(words[1]), new QueueName(words[2]));
		}
		else if (words[0].equals("lost")) {
			this.ears.leaseRevoked(new WorkerId(words[1]), JobId.of(words[2]));
		}
		else if (words[0].equals("late")) {
			QueueName queue = new QueueName(words[1]);
			this.bounds.lower(queue, Long.parseLong(words[2]));
			this.ears.jobsReady(queue, 1);
		}
	}

	/** Whoever can take nothing leaves it to another. */
	private void hearReady(WorkerId worker, QueueName queue) {
		if (this.ears.hears(worker)) {
			this.known.remove(new Waiter(worker, queue));
			if (!this.ears.jobsReady(worker, queue)) {
				tell(new News().ready(queue));
			}
		}
	}

	/** While the wire was broken, the server may have told in vain. */
	@Override
	public void lookAnew() {
		this.known.clear();
		this.ears.rouseAll();
		this.awaited.lookAnew();
	}

	/** Nothing is called on the server from then on. */
	void close() {
		this.database.close();
		this.notifier.close();
		this.wire.close();
	}

	/**
	 * Who waits for what.
	 */
	private record Waiter(WorkerId worker, QueueName queue) {
	}

}
