package dev.q.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.StoreListener;
import dev.q.store.StoreListener.Ends;
import dev.q.store.Subscription;
import dev.q.store.ends.AwaitedJobs;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.ByteReader;
import dev.q.store.redis.layout.Keyspace;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears what scripts tell the workers of this process, over one connection for all. Who
 * is told of jobs and can take none leaves them to another worker.
 */
final class RedisSignals {

	private static final Logger logger = LoggerFactory.getLogger(RedisSignals.class);

	private static final byte[] READY = "ready ".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] LOST = "lost ".getBytes(StandardCharsets.US_ASCII);

	private final RedisLink link;

	private final Keyspace keys;

	private final byte[] ends;

	/** By name of the channel. */
	private final Map<String, List<Ear>> ears = new ConcurrentHashMap<>();

	/** Guards the connection and the subscriptions of channels. */
	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable StatefulRedisPubSubConnection<byte[], byte[]> connection;

	private final AwaitedJobs awaited = new AwaitedJobs(this::say);

	RedisSignals(RedisLink link, Keyspace keys) {
		this.link = link;
		this.keys = keys;
		this.ends = keys.ends();
	}

	/** Whether it is worth telling this worker of jobs. */
	boolean hears(WorkerId worker) {
		return this.ears.containsKey(name(this.keys.channel(worker)));
	}

	/** The jobs that somebody waits for. */
	AwaitedJobs awaited() {
		return this.awaited;
	}

	/** All processes that hear anything hear that somebody waits for jobs. */
	Subscription hearEnds(Ends listener) {
		this.link.connect();
		this.lock.lock();
		try {
			this.link.await(connection().async().subscribe(this.ends).toCompletableFuture());
			this.awaited.hearOthers();
			return this.awaited.listen(listener);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void say(String message) {
		var unused = this.link.tryPublish(this.ends, message.getBytes(StandardCharsets.US_ASCII))
			.whenComplete((heard, failure) -> {
				if (failure != null) {
					logger.debug("Nobody is told of the ends of jobs for now; whoever waits looks", failure);
				}
			});
	}

	Subscription subscribe(WorkerId worker, StoreListener listener) {
		byte[] channel = this.keys.channel(worker);
		this.link.connect();
		this.lock.lock();
		try {
			this.link.await(connection().async().subscribe(channel, this.ends).toCompletableFuture());
			this.awaited.hearOthers();
			Ear ear = new Ear(worker, listener, new AtomicBoolean());
			this.ears.computeIfAbsent(name(channel), (name) -> new CopyOnWriteArrayList<>()).add(ear);
			return () -> unsubscribe(channel, ear);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void unsubscribe(byte[] channel, Ear ear) {
		this.lock.lock();
		try {
			List<Ear> those = this.ears.getOrDefault(name(channel), List.of());
			if (those.remove(ear) && those.isEmpty()) {
				this.ears.remove(name(channel));
				StatefulRedisPubSubConnection<byte[], byte[]> known = this.connection;
				if (known != null && known.isOpen()) {
					// Nobody waits for this: what still arrives finds no ear.
					var unused = known.async().unsubscribe(channel);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private StatefulRedisPubSubConnection<byte[], byte[]> connection() {
		StatefulRedisPubSubConnection<byte[], byte[]> known = this.connection;
		if (known == null) {
			known = this.link.listen();
			known.addListener(new RedisPubSubAdapter<>() {

				@Override
				public void message(byte[] channel, byte[] message) {
					if (Arrays.equals(channel, RedisSignals.this.ends)) {
						hearOfEnds(message);
					}
					else {
						hear(name(channel), message);
					}
				}

				// Also when the connection was broken and is mended.
				@Override
				public void subscribed(byte[] channel, long count) {
					if (Arrays.equals(channel, RedisSignals.this.ends)) {
						RedisSignals.this.awaited.lookAnew();
					}
					else {
						RedisSignals.this.ears.getOrDefault(name(channel), List.of()).forEach(Ear::lookAnew);
					}
				}

			});
			this.connection = known;
		}
		return known;
	}

	/** Whoever may publish may say anything. */
	private void hearOfEnds(byte[] message) {
		try {
			this.awaited.hear(new String(message, StandardCharsets.US_ASCII));
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			logger.debug("A message says nothing of the end of a job, and is passed over", ex);
		}
	}

	private void hear(String channel, byte[] message) {
		List<Ear> those = this.ears.getOrDefault(channel, List.of());
		if (startsWith(LOST, message)) {
			JobId job = new ByteReader(message, LOST.length).id();
			those.forEach((ear) -> ear.leaseRevoked(job));
		}
		else if (startsWith(READY, message)) {
			QueueName queue = new QueueName(
					new String(message, READY.length, message.length - READY.length, StandardCharsets.US_ASCII));
			if (those.stream().filter((ear) -> ear.jobsReady(queue)).count() == 0) {
				leaveToAnother(queue);
			}
		}
	}

	/** On a thread of the client, as all that is heard. */
	private void leaveToAnother(QueueName queue) {
		var unused = this.link.trySend(Script.PASS, this.keys.of(queue).all(), new Args())
			.whenComplete((done, failure) -> noteLoss(queue, failure));
	}

	private static void noteLoss(QueueName queue, @Nullable Throwable failure) {
		if (failure != null) {
			logger.debug("A signal for queue {} could not be passed on; a look now and then finds its jobs", queue,
					failure);
		}
	}

	private static boolean startsWith(byte[] prefix, byte[] message) {
		return message.length >= prefix.length && Arrays.equals(prefix, 0, prefix.length, message, 0, prefix.length);
	}

	private static String name(byte[] channel) {
		return new String(channel, StandardCharsets.US_ASCII);
	}

	/**
	 * One subscription. A listener that throws disturbs nobody: it is named in the log
	 * the first time, and told again the next time.
	 */
	private record Ear(WorkerId worker, StoreListener listener, AtomicBoolean hasThrown) {

		boolean jobsReady(QueueName queue) {
			try {
				return this.listener.jobsReady(queue);
			}
			catch (RuntimeException ex) {
				note(ex);
				return false;
			}
		}

		void leaseRevoked(JobId job) {
			try {
				this.listener.leaseRevoked(job);
			}
			catch (RuntimeException ex) {
				note(ex);
			}
		}

		void lookAnew() {
			try {
				this.listener.lookAnew();
			}
			catch (RuntimeException ex) {
				note(ex);
			}
		}

		private void note(RuntimeException failure) {
			if (this.hasThrown.compareAndSet(false, true)) {
				logger.warn("The listener of worker {} threw. The store goes on, and logs no further one of it",
						this.worker, failure);
			}
		}

	}

}
