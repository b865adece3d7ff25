package dev.q.store.redis;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import dev.q.store.StoreException;
import dev.q.store.redis.layout.Args;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.jspecify.annotations.Nullable;

/**
 * The way to the server: one connection for all commands, which many calls share without
 * waiting for each other. It is made when it is first needed, and mends itself when it
 * breaks. Safe for use by many threads.
 */
final class RedisLink implements AutoCloseable {

	private final RedisSettings settings;

	private final Wires wires;

	private final Scripts scripts;

	/** Held while the connection is made. */
	private final ReentrantLock connecting = new ReentrantLock();

	private volatile @Nullable RedisClusterAsyncCommands<byte[], byte[]> commands;

	/** Guarded by the lock. */
	private @Nullable Wire wire;

	private volatile boolean closed;

	/** Whether nothing has been changed yet, nor tried. */
	private volatile boolean isLooking;

	RedisLink(RedisSettings settings, Wires wires, Scripts scripts) {
		this.settings = settings;
		this.wires = wires;
		this.scripts = scripts;
	}

	boolean isCluster() {
		return this.wires.isCluster();
	}

	/**
	 * Makes a connection for channels.
	 * @throws StoreException if the server cannot be reached
	 */
	StatefulRedisPubSubConnection<byte[], byte[]> listen() {
		lockToConnect();
		try {
			return this.wires.listen();
		}
		finally {
			this.connecting.unlock();
		}
	}

	/**
	 * Makes the connection, unless there is one, and looks whether the server is fit.
	 * @throws StoreException if it cannot be reached or is not fit
	 */
	void connect() {
		commands();
		settleIn();
	}

	/** The same, but nothing is written: {@link #settleIn} does that, if it must be. */
	void look() {
		this.isLooking = true;
		commands();
	}

	/** Does what a look has left out, before the first thing is changed. */
	void settleIn() {
		if (this.isLooking) {
			new ServerChecks(this, this.settings, commands()).settleIn();
			this.isLooking = false;
		}
	}

	/**
	 * Runs a script and waits for what it says.
	 * @throws StoreException if the server does not answer, or answers with an error
	 */
	List<Object> call(Script script, byte[][] keys, Args args) {
		return await(send(script, keys, args));
	}

	/**
	 * Runs a script. Calls are sent in their order, and none waits for the one before.
	 */
	CompletableFuture<List<Object>> send(Script script, byte[][] keys, Args args) {
		return send(commands(), script, keys, args);
	}

	/**
	 * Runs a script if there is a connection; makes none, since that takes time. For the
	 * client's own threads, on which answers come in, and which must never wait for one.
	 */
	CompletableFuture<List<Object>> trySend(Script script, byte[][] keys, Args args) {
		RedisClusterAsyncCommands<byte[], byte[]> known = this.commands;
		return (known != null) ? send(known, script, keys, args)
				: CompletableFuture.failedFuture(new StoreException("There is no connection to Redis for now"));
	}

	/**
	 * Says something on a channel if there is a connection; makes none, and does not wait
	 * for an answer.
	 */
	CompletableFuture<Long> tryPublish(byte[] channel, byte[] message) {
		RedisClusterAsyncCommands<byte[], byte[]> known = this.commands;
		return (known != null) ? known.publish(channel, message).toCompletableFuture()
				: CompletableFuture.failedFuture(new StoreException("There is no connection to Redis for now"));
	}

	/**
	 * Runs a script over a connection of the caller's choice. A server that is not known
	 * to know the script is given its text at once: if it had to be asked for, later
	 * calls could overtake this one.
	 */
	CompletableFuture<List<Object>> send(RedisClusterAsyncCommands<byte[], byte[]> over, Script script, byte[][] keys,
			Args args) {
		Scripts.Loaded loaded = this.scripts.get(script);
		byte[][] values = args.toArray();
		int place = isCluster() ? SlotHash.getSlot(keys[0]) : 0;
		if (!loaded.isKnownAt(place)) {
			CompletionStage<List<Object>> first = over.eval(loaded.source(), ScriptOutputType.MULTI, keys, values);
			return first.toCompletableFuture()
				.whenComplete((said, failure) -> loaded.noteKnown(place, failure == null));
		}
		CompletionStage<List<Object>> answer = over.evalsha(loaded.digest(), ScriptOutputType.MULTI, keys, values);
		return answer.toCompletableFuture().exceptionallyCompose((failure) -> {
			if (RedisFailures.reason(failure) instanceof RedisNoScriptException) {
				loaded.noteKnown(place, false);
				CompletionStage<List<Object>> again = over.eval(loaded.source(), ScriptOutputType.MULTI, keys, values);
				return again;
			}
			return CompletableFuture.failedFuture(failure);
		});
	}

	/**
	 * Runs a command and waits for what it says.
	 * @throws StoreException if the server does not answer, or answers with an error
	 */
	<T> T ask(Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
		return await(command.apply(commands()).toCompletableFuture());
	}

	/**
	 * Waits for an answer, also if the thread is interrupted meanwhile: what was sent
	 * takes place anyway, and the client bounds the time.
	 * @throws StoreException if there is none, or an error
	 */
	<T> T await(CompletableFuture<T> answer) {
		try {
			return answer.join();
		}
		catch (CompletionException | CancellationException ex) {
			Throwable reason = RedisFailures.reason(ex);
			if (RedisFailures.isReplica(reason)) {
				drop();
			}
			if (!(reason instanceof RedisCommandExecutionException)) {
				this.scripts.forgetServer();
			}
			throw RedisFailures.translated(reason, this.settings);
		}
	}

	/**
	 * Gives the connection up, so that the next call looks anew where the master is: a
	 * master that became a replica may go on answering.
	 */
	private void drop() {
		if (this.connecting.tryLock()) {
			try {
				Wire old = this.wire;
				this.commands = null;
				this.wire = null;
				if (old != null) {
					this.wires.end(old);
				}
			}
			finally {
				this.connecting.unlock();
			}
		}
	}

	private RedisClusterAsyncCommands<byte[], byte[]> commands() {
		RedisClusterAsyncCommands<byte[], byte[]> known = this.commands;
		return (known != null && !this.closed) ? known : open();
	}

	private RedisClusterAsyncCommands<byte[], byte[]> open() {
		lockToConnect();
		try {
			RedisClusterAsyncCommands<byte[], byte[]> known = this.commands;
			if (known == null) {
				known = openChecked();
				this.commands = known;
			}
			return known;
		}
		finally {
			this.connecting.unlock();
		}
	}

	/** A server that is not fit is asked again with the next call: it may be mended. */
	private RedisClusterAsyncCommands<byte[], byte[]> openChecked() {
		Wire wire = this.wires.connect();
		try {
			ServerChecks checks = new ServerChecks(this, this.settings, wire.commands());
			checks.look(this.scripts);
			if (!this.isLooking) {
				checks.settleIn();
			}
			this.wire = wire;
			return wire.commands();
		}
		catch (RuntimeException ex) {
			this.wires.end(wire);
			throw ex;
		}
	}

	/** Where one thread gets no answer, others need not wait in line for their own. */
	private void lockToConnect() {
		try {
			if (!this.connecting.tryLock(this.settings.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
				throw new StoreException(
						"Redis cannot be reached: another thread has tried for %s".formatted(this.settings.timeout()));
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StoreException("Interrupted while Redis was being connected to", ex);
		}
		if (this.closed) {
			this.connecting.unlock();
			throw new StoreException("Store redis is closed");
		}
	}

	/**
	 * Makes a connection for one call at a time.
	 * @throws StoreException if the server cannot be reached or is not fit
	 */
	Wire dedicate() {
		connect();
		lockToConnect();
		try {
			return this.wires.connect();
		}
		finally {
			this.connecting.unlock();
		}
	}

	void end(Wire wire) {
		this.connecting.lock();
		try {
			this.wires.end(wire);
		}
		finally {
			this.connecting.unlock();
		}
	}

	@Override
	public void close() {
		this.closed = true;
		this.connecting.lock();
		try {
			this.commands = null;
			this.wires.close();
		}
		finally {
			this.connecting.unlock();
		}
	}

}
