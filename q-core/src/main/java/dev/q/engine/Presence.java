package dev.q.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.ClusterStore;
import dev.q.store.WorkerInfo;

/**
 * This worker's entry in the register.
 */
final class Presence {

	static final Duration REFRESH = Duration.ofSeconds(10);

	// Three missed refreshes, and the worker counts as gone.
	private static final Duration TIME_TO_LIVE = REFRESH.multipliedBy(3);

	private final ClusterStore register;

	private final WorkerId worker;

	private final List<Fetcher> fetchers;

	private final Instant startedAt;

	private final String host = hostName();

	private volatile Duration timeToLive = TIME_TO_LIVE;

	private volatile WorkerInfo.State state = WorkerInfo.State.RUNNING;

	private volatile boolean withdrawn;

	Presence(ClusterStore register, WorkerId worker, List<Fetcher> fetchers, Instant startedAt) {
		this.register = register;
		this.worker = worker;
		this.fetchers = fetchers;
		this.startedAt = startedAt;
	}

	/**
	 * Says how the worker fares. Who is overtaken on the way by the news that the worker
	 * goes says that again, so that it stays the last word; who is overtaken by its
	 * withdrawal leaves no entry behind.
	 */
	void announce() {
		WorkerInfo said;
		do {
			said = info();
			this.register.announce(said, this.timeToLive);
		}
		while (said.state() != this.state);
		if (this.withdrawn) {
			this.register.withdraw(this.worker);
		}
	}

	/**
	 * Says that the worker goes. From then on its entry outlives the leases that it may
	 * leave behind, so that none of them is taken for a crash.
	 * @param longestLease the longest of them
	 */
	void announceDraining(Duration longestLease) {
		this.timeToLive = longestLease.plus(TIME_TO_LIVE);
		this.state = WorkerInfo.State.DRAINING;
		announce();
	}

	void withdraw() {
		this.withdrawn = true;
		this.register.withdraw(this.worker);
	}

	private WorkerInfo info() {
		List<QueueName> queues = this.fetchers.stream()
			.flatMap((fetcher) -> fetcher.queues().stream())
			.distinct()
			.toList();
		Set<QueueName> exclusive = this.fetchers.stream()
			.flatMap((fetcher) -> fetcher.exclusive().stream())
			.filter(queues::contains)
			.filter((queue) -> this.fetchers.stream().noneMatch((fetcher) -> fetcher.shares(queue)))
			.collect(Collectors.toUnmodifiableSet());
		int slots = this.fetchers.stream().mapToInt((fetcher) -> fetcher.slots().size()).sum();
		int running = this.fetchers.stream().mapToInt((fetcher) -> fetcher.slots().taken()).sum();
		return new WorkerInfo(this.worker, this.host, this.startedAt, this.state, queues, exclusive, slots, running);
	}

	private static String hostName() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			// The name is for people only, and machines without one exist.
			return "unknown";
		}
	}

}
