package dev.q.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.WorkStore;

/**
 * Asks the store for jobs of one group. Safe for use by many threads.
 */
final class Claimer {

	private static final double JITTER = 0.2;

	private final WorkStore store;

	private final WorkerId worker;

	private final QueueRotation queues;

	private final Set<QueueName> exclusive;

	private final EngineSettings settings;

	private final EnginePorts ports;

	Claimer(GroupSettings group, WorkerId worker, WorkStore store, EngineSettings settings, EnginePorts ports) {
		this.store = store;
		this.worker = worker;
		this.queues = new QueueRotation(group, ports.random());
		this.exclusive = group.exclusive();
		this.settings = settings;
		this.ports = ports;
	}

	List<QueueName> queues() {
		return this.queues.all();
	}

	Set<QueueName> exclusive() {
		return this.exclusive;
	}

	/** Whether the end of one job lets another one start that no store tells of. */
	boolean hasExclusive() {
		return !this.exclusive.isEmpty();
	}

	Claimed claim(int limit) {
		Duration poll = pollInterval();
		// A lease is trusted from the moment it was asked for, not answered.
		long sentAt = this.ports.clock().nanoTime();
		ClaimAnswer answer = this.store
			.claim(new ClaimRequest(this.queues.next(), limit, this.settings.lease(), this.worker, this.exclusive));
		boolean full = answer.jobs().size() == limit;
		return new Claimed(answer.jobs(), sentAt, full ? Duration.ZERO : answer.untilNextDue(poll));
	}

	/**
	 * Shortened by up to a fifth, so that workers which started together drift apart.
	 */
	private Duration pollInterval() {
		double share = 1 - JITTER * this.ports.random().nextDouble();
		return Duration.ofNanos((long) (this.settings.pollInterval().toNanos() * share));
	}

	/**
	 * What a claim brought.
	 *
	 * @param jobs the jobs
	 * @param sentAt when they were asked for, by the engine's nanoseconds
	 * @param rest how long until it is worth asking again; zero if there may be more
	 */
	record Claimed(List<ClaimedJob> jobs, long sentAt, Duration rest) {

		boolean mayHaveMore() {
			return this.rest.isZero();
		}

	}

}
