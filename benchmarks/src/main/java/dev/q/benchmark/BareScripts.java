package dev.q.benchmark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;

/**
 * The least that scripts can do to hand out jobs under a lease, over one connection: no
 * record, no states, no fence, no counts, nobody is told of anything. What a store costs
 * is held against this.
 */
final class BareScripts {

	private static final int ID = 8;

	/** Most jobs that one insert stores. */
	private static final int CHUNK = 1000;

	private static final byte[][] KEYS = { bytes("bare:ready"), bytes("bare:leases") };

	private static final String INSERT = "return redis.call('RPUSH', KEYS[1], unpack(ARGV))";

	private static final String CLAIM = """
			local t = redis.call('TIME')
			local deadline = t[1] * 1000 + math.floor(t[2] / 1000) + ARGV[2]
			local jobs = redis.call('LPOP', KEYS[1], ARGV[1]) or {}
			local leases = {}
			for i = 1, #jobs do
			  leases[2 * i - 1], leases[2 * i] = deadline, string.sub(jobs[i], 1, 8)
			end
			if #jobs > 0 then
			  redis.call('ZADD', KEYS[2], unpack(leases))
			end
			return jobs
			""";

	private static final String ACK = "return redis.call('ZREM', KEYS[2], unpack(ARGV))";

	private final RedisCommands<byte[], byte[]> sync;

	private final RedisAsyncCommands<byte[], byte[]> async;

	private final String insert;

	private final String claim;

	private final String ack;

	private final byte[] payload;

	BareScripts(LocalRedis server, byte[] payload) {
		this.sync = server.connection().sync();
		this.async = server.connection().async();
		this.insert = this.sync.scriptLoad(bytes(INSERT));
		this.claim = this.sync.scriptLoad(bytes(CLAIM));
		this.ack = this.sync.scriptLoad(bytes(ACK));
		this.payload = payload;
	}

	/** Round trips without any work. */
	void ping(int calls) {
		for (int i = 0; i < calls; i++) {
			this.sync.ping();
		}
	}

	/** Round trips of a script that stores one job. */
	void insertOneByOne(int jobs) {
		for (int i = 0; i < jobs; i++) {
			this.sync.evalsha(this.insert, ScriptOutputType.INTEGER, KEYS, entry(i));
		}
	}

	void fill(int jobs) {
		for (int i = 0; i < jobs; i += CHUNK) {
			byte[][] entries = new byte[Math.min(CHUNK, jobs - i)][];
			for (int j = 0; j < entries.length; j++) {
				entries[j] = entry(i + j);
			}
			this.sync.evalsha(this.insert, ScriptOutputType.INTEGER, KEYS, entries);
		}
	}

	private byte[] entry(int number) {
		return ByteBuffer.allocate(ID + this.payload.length).putLong(number).put(this.payload).array();
	}

	/**
	 * Claims all jobs and acknowledges them.
	 * @param batch how many jobs each call is about
	 * @param window how many claims or acknowledgements are under way at once
	 * @return how many jobs there were
	 */
	int drain(int batch, int window) {
		Queue<RedisFuture<?>> sent = new ArrayDeque<>();
		int done = 0;
		boolean more = true;
		while (more || !sent.isEmpty()) {
			while (more && sent.size() < window) {
				sent.add(this.async.evalsha(this.claim, ScriptOutputType.MULTI, KEYS, bytes(batch), bytes(30_000)));
			}
			Object said = sent.remove().toCompletableFuture().join();
			if (said instanceof List<?> jobs) {
				more &= jobs.size() == batch;
				if (!jobs.isEmpty()) {
					sent.add(this.async.evalsha(this.ack, ScriptOutputType.INTEGER, KEYS, ids(jobs)));
				}
			}
			else {
				done += ((Long) said).intValue();
			}
		}
		return done;
	}

	/**
	 * Claims one job without waiting for it.
	 * @param then run when there is an answer, on the thread of the connection
	 */
	void claimOne(Runnable then) {
		var unused = this.async.evalsha(this.claim, ScriptOutputType.MULTI, KEYS, bytes(1), bytes(30_000))
			.thenRun(then);
	}

	private static byte[][] ids(List<?> jobs) {
		List<byte[]> ids = new ArrayList<>(jobs.size());
		for (Object job : jobs) {
			ids.add(Arrays.copyOf((byte[]) job, ID));
		}
		return ids.toArray(byte[][]::new);
	}

	private static byte[] bytes(int number) {
		return bytes(Integer.toString(number));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
