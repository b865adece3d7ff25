package dev.q.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.StoreException;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
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

	/** By name of the channel. */
	private final Map<String, List<StoreListener>> listeners = new ConcurrentHashMap<>();

	/** Guards the connection and the subscriptions of channels. */
	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable StatefulRedisPubSubConnection<byte[], byte[]> connection;

	RedisSignals(RedisLink link, Keyspace keys) {
		this.link = link;
		this.keys = keys;
	}

	/** Whether it is worth telling this worker of jobs. */
	boolean hears(WorkerId worker) {
		return this.listeners.containsKey(name(this.keys.channel(worker)));
	}

	Subscription subscribe(WorkerId worker, StoreListener listener) {
		byte[] channel = this.keys.channel(worker);
		this.link.connect();
		this.lock.lock();
		try {
			StatefulRedisPubSubConnection<byte[], byte[]> ear = connection();
			this.link.await(ear.async().subscribe(channel).toCompletableFuture());
			this.listeners.computeIfAbsent(name(channel), (name) -> new CopyOnWriteArrayList<>()).add(listener);
		}
		finally {
			this.lock.unlock();
		}
		return () -> unsubscribe(channel, listener);
	}

	private void unsubscribe(byte[] channel, StoreListener listener) {
		this.lock.lock();
		try {
			List<StoreListener> those = this.listeners.getOrDefault(name(channel), List.of());
			if (those.remove(listener) && those.isEmpty()) {
				this.listeners.remove(name(channel));
				StatefulRedisPubSubConnection<byte[], byte[]> ear = this.connection;
				if (ear != null && ear.isOpen()) {
					// Nobody waits for this: what still arrives finds no listener.
					var unused = ear.async().unsubscribe(channel);
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
					hear(name(channel), message);
				}

			});
			this.connection = known;
		}
		return known;
	}

	private void hear(String channel, byte[] message) {
		List<StoreListener> those = this.listeners.getOrDefault(channel, List.of());
		if (startsWith(LOST, message)) {
			JobId job = new ByteReader(message, LOST.length).id();
			those.forEach((listener) -> tell(() -> {
				listener.leaseRevoked(job);
				return true;
			}));
		}
		else if (startsWith(READY, message)) {
			QueueName queue = new QueueName(
					new String(message, READY.length, message.length - READY.length, StandardCharsets.US_ASCII));
			boolean taken = false;
			for (StoreListener listener : those) {
				taken |= tell(() -> listener.jobsReady(queue));
			}
			if (!taken) {
				leaveToAnother(queue);
			}
		}
	}

	private static boolean tell(BooleanSupplier signal) {
		try {
			return signal.getAsBoolean();
		}
		catch (RuntimeException ex) {
			logger.warn("A listener of signals threw. The store goes on", ex);
			return false;
		}
	}

	private void leaveToAnother(QueueName queue) {
		try {
			var unused = this.link.send(Script.PASS, this.keys.of(queue).all(), new Args())
				.whenComplete((done, failure) -> noteLoss(queue, failure));
		}
		catch (StoreException ex) {
			noteLoss(queue, ex);
		}
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

}
