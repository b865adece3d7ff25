package dev.q.store.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.Lease;
import dev.q.store.StoreException;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.ByteReader;
import dev.q.store.redis.layout.JobRecord;
import dev.q.store.redis.layout.Keyspace;
import dev.q.store.redis.layout.StateLine;
import dev.q.store.redis.layout.Tokens;
import io.lettuce.core.cluster.SlotHash;
import org.jspecify.annotations.Nullable;

/**
 * Claims jobs: queues that one script can reach together, and what is still wanted after
 * them from the next ones.
 */
final class Claims {

	/** Most jobs that one script claims, so that it holds the server only briefly. */
	private static final int MOST_JOBS = 1000;

	/**
	 * Most bytes of jobs that one claim brings, and one job more: the server makes the
	 * answer in its memory, and does nothing else meanwhile.
	 */
	private static final long MOST_BYTES = 8L * 1024 * 1024;

	/** Most queues that one script looks through, as it has many keys of each. */
	private static final int MOST_QUEUES = 8;

	private final RedisLink link;

	private final Keyspace keys;

	private final RedisSignals signals;

	private final UnheardClaims unheard;

	private final Tokens tokens = new Tokens();

	Claims(RedisLink link, Keyspace keys, RedisSignals signals) {
		this.link = link;
		this.keys = keys;
		this.signals = signals;
		this.unheard = new UnheardClaims(link, keys);
	}

	ClaimAnswer claim(ClaimRequest request) {
		this.unheard.handBack();
		Found found = new Found(request);
		try {
			claim(found);
		}
		catch (StoreException ex) {
			// What was found so far must not wait for the end of its lease.
			if (found.jobs.isEmpty()) {
				throw ex;
			}
		}
		return found.answer();
	}

	private void claim(Found found) {
		List<QueueName> queues = found.request.queues();
		int from = 0;
		while (from < queues.size() && found.left() > 0 && found.bytesLeft() > 0) {
			int to = endOfPiece(queues, from);
			int wanted = Math.min(found.left(), MOST_JOBS);
			int before = found.jobs.size();
			claim(queues.subList(from, to), wanted, found);
			// A full piece may have more, and its queues come before all others.
			from = (found.jobs.size() - before < wanted) ? to : from;
		}
	}

	/** Queues of one slot go together; outside of a cluster all do. */
	private int endOfPiece(List<QueueName> queues, int from) {
		int end = from + 1;
		while (end < queues.size() && end - from < MOST_QUEUES
				&& (!this.link.isCluster() || slot(queues.get(end)) == slot(queues.get(from)))) {
			end++;
		}
		return end;
	}

	private static int slot(QueueName queue) {
		return SlotHash.getSlot(queue.value());
	}

	private void claim(List<QueueName> queues, int wanted, Found found) {
		ClaimRequest request = found.request;
		String nonce = this.tokens.nextNonce();
		Args args = new Args().add(wanted)
			.add(request.lease())
			.add(nonce)
			.add(request.worker().value())
			.add(this.signals.hears(request.worker()) ? 1 : 0)
			.add(found.bytesLeft());
		if (queues.stream().anyMatch(request::isExclusive)) {
			queues.forEach((queue) -> args.add(request.isExclusive(queue) ? 1 : 0));
		}
		found.add(queues, nonce, call(queues, nonce, args));
	}

	private List<Object> call(List<QueueName> queues, String nonce, Args args) {
		try {
			return this.link.call(Script.CLAIM, keysOf(queues), args);
		}
		catch (StoreException ex) {
			if (RedisFailures.isUnheard(ex)) {
				this.unheard.note(new UnheardClaims.Claim(nonce, queues));
			}
			throw ex;
		}
	}

	private byte[][] keysOf(List<QueueName> queues) {
		if (queues.size() == 1) {
			return this.keys.of(queues.get(0)).all();
		}
		List<byte[]> all = new ArrayList<>();
		queues.forEach((queue) -> all.addAll(List.of(this.keys.of(queue).all())));
		return all.toArray(byte[][]::new);
	}

	/**
	 * What has been found so far.
	 */
	private static final class Found {

		private static final int PARTS_OF_JOB = 3;

		private final ClaimRequest request;

		private final List<ClaimedJob> jobs = new ArrayList<>();

		private Instant now = Instant.EPOCH;

		private long nextDue = -1;

		private long bytes;

		Found(ClaimRequest request) {
			this.request = request;
		}

		int left() {
			return this.request.limit() - this.jobs.size();
		}

		long bytesLeft() {
			return MOST_BYTES - this.bytes;
		}

		void add(List<QueueName> queues, String nonce, List<Object> said) {
			this.now = Instant.ofEpochMilli((Long) said.get(0));
			long due = (Long) said.get(1);
			if (due >= 0 && (this.nextDue < 0 || due < this.nextDue)) {
				this.nextDue = due;
			}
			for (int i = 0; i < queues.size(); i++) {
				List<?> parts = (List<?>) said.get(i + 2);
				for (int j = 0; j < parts.size(); j += PARTS_OF_JOB) {
					add(queues.get(i), nonce, parts.subList(j, j + PARTS_OF_JOB));
				}
			}
		}

		/** A job that cannot be read must not cost the others their leases. */
		private void add(QueueName queue, String nonce, List<?> parts) {
			byte[] bytes = (byte[]) parts.get(1);
			this.bytes += bytes.length;
			try {
				this.jobs.add(claimed(queue, nonce, parts));
			}
			catch (StoreException | IllegalArgumentException ex) {
				Views.noteUnreadable(queue, parts, ex);
			}
		}

		private ClaimedJob claimed(QueueName queue, String nonce, List<?> parts) {
			JobId id = new ByteReader((byte[]) parts.get(0), 0).id();
			JobRecord record = JobRecord.decode(queue, (byte[]) parts.get(1));
			Job job = StateLine.of((byte[]) parts.get(2)).claimed(id, record, this.now);
			var own = record.spec().limits().lease();
			Lease lease = new Lease(id, queue, Tokens.token(nonce, id), this.request.worker(),
					(own != null) ? own : this.request.lease());
			return new ClaimedJob(job, lease);
		}

		ClaimAnswer answer() {
			return new ClaimAnswer(this.jobs, this.now, next());
		}

		private @Nullable Instant next() {
			return (this.nextDue < 0) ? null : Instant.ofEpochMilli(this.nextDue);
		}

	}

}
