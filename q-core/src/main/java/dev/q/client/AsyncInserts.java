package dev.q.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.JobReceipt;
import dev.q.JobRejectedException;
import dev.q.loop.IdleThread;
import dev.q.store.InsertAnswer;
import org.jspecify.annotations.Nullable;

/**
 * Stores jobs for callers who do not wait. One thread writes, in the order of the calls:
 * each write takes what came while the last one was under way, as in {@link GroupCommit}.
 * Another thread tells the callers, so that what they do then holds up no write.
 */
final class AsyncInserts {

	/** Most jobs that are on their way. */
	static final int MOST_JOBS = 10_000;

	/** Most bytes of their payloads. */
	static final long MOST_BYTES = 64 * 1024 * 1024;

	private final JobWriter writer;

	private final IdleThread writes;

	private final IdleThread answers;

	/** Guards all below. Never held while the store is called. */
	private final ReentrantLock lock = new ReentrantLock();

	/** Signalled when nothing is to be written any more. */
	private final Condition idle = this.lock.newCondition();

	private final Deque<AsyncJob> waiting = new ArrayDeque<>();

	private final Load load = new Load();

	AsyncInserts(JobWriter writer) {
		this(writer, new IdleThread("q-enqueue"), new IdleThread("q-enqueued"));
	}

	AsyncInserts(JobWriter writer, IdleThread writes, IdleThread answers) {
		this.writer = writer;
		this.writes = writes;
		this.answers = answers;
	}

	/**
	 * Stores a job soon.
	 * @return what becomes of it; a refusal if too many are on their way, or this is
	 * closed
	 */
	CompletableFuture<JobReceipt> insert(Draft draft) {
		AsyncJob job = new AsyncJob(draft, new CompletableFuture<>());
		this.lock.lock();
		try {
			String refusal = this.load.refusal(job);
			if (refusal != null) {
				job.future.completeExceptionally(rejected(job, refusal));
				return job.future;
			}
			if (!this.load.writing) {
				// First, and waits for the lock: a machine that is out of threads leaves
				// no
				// job behind, and who comes next tries again.
				this.writes.execute(this::writeAll);
				this.load.writing = true;
			}
			this.load.add(job);
			this.waiting.add(job);
		}
		finally {
			this.lock.unlock();
		}
		return job.future;
	}

	private static JobRejectedException rejected(AsyncJob job, String reason) {
		return new JobRejectedException("Job %s was not stored: %s".formatted(job.draft.id(), reason),
				List.of(job.draft.id()), List.of());
	}

	private void writeAll() {
		List<AsyncJob> jobs = next();
		while (!jobs.isEmpty()) {
			write(jobs);
			jobs = next();
		}
	}

	/**
	 * The jobs of the next write. A write is for one durability, as nobody is to wait for
	 * the copies of others.
	 */
	private List<AsyncJob> next() {
		this.lock.lock();
		try {
			List<AsyncJob> jobs = new ArrayList<>();
			AsyncJob first = this.waiting.peek();
			while (first != null && jobs.size() < GroupCommit.MAX_GROUPS && goesOn(first)) {
				jobs.add(this.waiting.remove());
			}
			if (jobs.isEmpty()) {
				this.load.writing = false;
				this.idle.signalAll();
			}
			return jobs;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean goesOn(AsyncJob first) {
		AsyncJob next = this.waiting.peek();
		return next != null && next.draft.durability().equals(first.draft.durability());
	}

	private void write(List<AsyncJob> jobs) {
		try {
			List<Batch> batches = jobs.stream().map((job) -> new Batch(List.of(job.draft))).toList();
			List<InsertAnswer> said = this.writer.write(batches);
			for (int i = 0; i < jobs.size(); i++) {
				take(jobs.get(i), batches.get(i), said.get(i));
			}
		}
		catch (RuntimeException | Error ex) {
			if (ex instanceof IllegalArgumentException && jobs.size() > 1) {
				// One of them is not valid, so none was stored: each goes alone.
				jobs.forEach((job) -> write(List.of(job)));
			}
			else {
				jobs.forEach((job) -> fail(job, (jobs.size() > 1) ? GatheredJob.failure(job.draft.id(), ex) : ex));
			}
		}
	}

	private void take(AsyncJob job, Batch batch, InsertAnswer said) {
		try {
			Answers taken = new Answers();
			this.writer.take(batch, said, taken);
			JobReceipt receipt = taken.receipts().get(0);
			end(job, () -> job.future.complete(receipt));
		}
		catch (RuntimeException ex) {
			fail(job, ex);
		}
	}

	private void fail(AsyncJob job, Throwable failure) {
		end(job, () -> job.future.completeExceptionally(failure));
	}

	private void end(AsyncJob job, Runnable answer) {
		this.lock.lock();
		try {
			this.load.remove(job);
		}
		finally {
			this.lock.unlock();
		}
		tell(answer);
	}

	/**
	 * Whoever waits must hear of it, also on a machine that is out of threads.
	 */
	private void tell(Runnable answer) {
		try {
			this.answers.execute(answer);
		}
		catch (Throwable ex) {
			answer.run();
		}
	}

	/** Takes no more jobs. Those that it has are stored. */
	void refuse() {
		this.lock.lock();
		try {
			this.load.closed = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes no more jobs, and waits until those that it has are stored. Those that are
	 * not when the time is up are refused.
	 * @param most how long to wait
	 */
	void close(Duration most) {
		boolean interrupted = false;
		this.lock.lock();
		try {
			this.load.closed = true;
			long left = most.toNanos();
			while (this.load.writing && left > 0 && !interrupted) {
				left = this.idle.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			interrupted = true;
		}
		finally {
			this.lock.unlock();
		}
		giveUp();
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void giveUp() {
		this.lock.lock();
		try {
			this.waiting.forEach((job) -> job.future.completeExceptionally(rejected(job, Load.CLOSED)));
			this.waiting.clear();
			this.writes.close();
			if (!this.load.writing) {
				this.answers.close();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A job on its way.
	 *
	 * @param draft what is stored
	 * @param future told what becomes of it
	 */
	private record AsyncJob(Draft draft, CompletableFuture<JobReceipt> future) {

		int bytes() {
			return this.draft.bytes();
		}

	}

	/**
	 * What is on its way. Guarded by the lock.
	 */
	private static final class Load {

		static final String CLOSED = "the application stops. Enqueue it again elsewhere, with the same id";

		private int jobs;

		private long bytes;

		/** Whether the thread writes, or is about to. */
		private boolean writing;

		private boolean closed;

		@Nullable String refusal(AsyncJob job) {
			if (this.closed) {
				return CLOSED;
			}
			if (this.jobs >= MOST_JOBS || this.bytes + job.bytes() > MOST_BYTES) {
				return "%d jobs with %d bytes are on their way, and at most %d with %d may be. Wait for some of their futures, or call enqueue"
					.formatted(this.jobs, this.bytes, MOST_JOBS, MOST_BYTES);
			}
			return null;
		}

		void add(AsyncJob job) {
			this.jobs++;
			this.bytes += job.bytes();
		}

		void remove(AsyncJob job) {
			this.jobs--;
			this.bytes -= job.bytes();
		}

	}

}
