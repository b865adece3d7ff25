package dev.q.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.job.Durability;
import dev.q.ports.EngineClock;
import dev.q.store.InsertAnswer;

/**
 * Lets callers who enqueue at the same time share a call of the store. As many writes as
 * the store bears may be under way at once. Who finds fewer of them writes at once. Who
 * comes meanwhile waits; when one of the writes is done, the first of those who wait
 * writes the jobs of all. There is no thread beside the callers: each waits for the end
 * of one write and for its own, and for more only if more than {@link #MAX_GROUPS} wait.
 *
 * <p>
 * Where the store bears one write at a time, whoever writes first waits a moment for
 * those who were answered just now ({@link Company}): they are likely to enqueue again,
 * and would else make up every other write.
 *
 * <p>
 * Jobs share a call only if their durability is the same, so that nobody waits for copies
 * that others asked for. Each is a group of its own: a group is refused as a whole, and
 * nobody is to be refused for a neighbour. If the call fails, all its callers fail, each
 * with an exception of its own; except that
 * <ul>
 * <li>if the store says that one of the jobs is not valid, none is stored, and each
 * caller sends its own job again, alone;</li>
 * <li>if the caller who writes was interrupted, the others send theirs again. A job that
 * had been stored is a duplicate of itself then;</li>
 * <li>an {@link Error} is thrown to the caller who writes, and the others get it as the
 * cause of a {@link dev.q.store.StoreException}.</li>
 * </ul>
 *
 * <p>
 * A caller who is interrupted while it waits goes on waiting, since its job may be stored
 * already. It never writes for others: its interrupt could break off their write.
 *
 * <p>
 * Each caller learns of its job, and tells the listeners, on its own thread when it is
 * done here. So a listener may enqueue.
 */
final class GroupCommit implements SingleInsert {

	/**
	 * Most jobs for one call of the store. More than the groups of an {@code enqueueAll},
	 * since each has one job; few enough that the call takes about as long as that for
	 * one, and that one stored procedure or script does not hold up the rest of the
	 * store.
	 */
	static final int MAX_GROUPS = 256;

	private final JobWriter writer;

	private final int mostWrites;

	/** Guards the lanes and the company. Never held while the store is called. */
	private final ReentrantLock lock = new ReentrantLock();

	/** As many wait as are expected. */
	private final Condition complete = this.lock.newCondition();

	private final Company company;

	/**
	 * By durability. A lane is here exactly as long as somebody writes in it, so that
	 * there are never more than callers.
	 */
	private final Map<Durability, Lane> lanes = new HashMap<>();

	/**
	 * Makes one that gathers nothing yet.
	 * @param writer makes the calls of the store
	 * @param mostWrites how many writes of one durability may be under way at once
	 * @param clock tells how long a write takes
	 */
	GroupCommit(JobWriter writer, int mostWrites, EngineClock clock) {
		this.writer = writer;
		this.mostWrites = mostWrites;
		this.company = new Company(clock);
	}

	@Override
	public void insert(Draft draft, Answers answers) {
		if (Thread.currentThread().isInterrupted()) {
			this.writer.insert(draft, answers);
			return;
		}
		GatheredJob own = new GatheredJob(draft);
		enter(own);
		own.await();
		if (own.fate() == GatheredJob.Fate.LEADS) {
			lead(own);
		}
		if (own.fate() == GatheredJob.Fate.GOES_ALONE) {
			this.writer.insert(draft, answers);
		}
		else {
			this.writer.take(own.batch(), own.answer(), answers);
		}
	}

	private void enter(GatheredJob own) {
		this.lock.lock();
		try {
			Lane lane = this.lanes.computeIfAbsent(own.durability(), (durability) -> new Lane());
			if (lane.writes < this.mostWrites) {
				lane.writes++;
				own.lead();
			}
			else {
				lane.waiting.add(own);
				if (awaitsCompany() && isComplete(lane)) {
					this.complete.signalAll();
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void lead(GatheredJob own) {
		if (awaitsCompany()) {
			awaitCompany(own.durability());
		}
		if (Thread.currentThread().isInterrupted()) {
			handOver(own.durability(), 0);
			own.goAlone();
		}
		else {
			writeAll(own);
		}
	}

	/**
	 * Where writes go side by side, a wait cost Redis a quarter of its rate with 8
	 * callers.
	 */
	private boolean awaitsCompany() {
		return this.mostWrites == 1;
	}

	/** An interrupt ends the wait, and the flag stays. */
	private void awaitCompany(Durability durability) {
		this.lock.lock();
		try {
			Lane lane = lane(durability);
			long left = this.company.patience(durability);
			while (left > 0 && !isComplete(lane)) {
				this.complete.awaitNanos(left);
				left = this.company.patience(durability);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Whoever writes is one of them. */
	private boolean isComplete(Lane lane) {
		return lane.waiting.size() + 1 >= Math.min(MAX_GROUPS, this.company.size());
	}

	/**
	 * Writes a job and those that wait. The next write may begin before anybody hears of
	 * this one.
	 */
	private void writeAll(GatheredJob own) {
		List<GatheredJob> jobs = List.of();
		try {
			List<InsertAnswer> said;
			try {
				jobs = gather(own);
				said = this.writer.write(jobs.stream().map(GatheredJob::batch).toList());
			}
			finally {
				handOver(own.durability(), jobs.size());
			}
			for (int i = 0; i < jobs.size(); i++) {
				jobs.get(i).answer(said.get(i));
			}
		}
		catch (RuntimeException | Error ex) {
			boolean isOnesFault = ex instanceof IllegalArgumentException && jobs.size() > 1;
			boolean isTriedAgain = isOnesFault || Thread.currentThread().isInterrupted();
			jobs.forEach(isTriedAgain ? GatheredJob::goAlone : (job) -> job.fail(ex));
			if (!isOnesFault) {
				throw ex;
			}
		}
	}

	private List<GatheredJob> gather(GatheredJob own) {
		this.lock.lock();
		try {
			Queue<GatheredJob> waiting = lane(own.durability()).waiting;
			if (awaitsCompany()) {
				this.company.noteBegin();
			}
			int size = Math.min(MAX_GROUPS, waiting.size() + 1);
			List<GatheredJob> jobs = new ArrayList<>(size);
			jobs.add(own);
			while (jobs.size() < size) {
				jobs.add(waiting.remove());
			}
			return jobs;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets the first of those who wait write, and closes a lane in which nobody does.
	 * @param written how many jobs had part in the write that has ended, 0 if none began
	 */
	private void handOver(Durability durability, int written) {
		GatheredJob next;
		this.lock.lock();
		try {
			Lane lane = lane(durability);
			if (awaitsCompany() && written > 0) {
				this.company.noteEnd(durability, written + lane.waiting.size());
			}
			next = lane.waiting.poll();
			if (next == null) {
				lane.writes--;
			}
			if (lane.writes == 0) {
				this.lanes.remove(durability);
			}
		}
		finally {
			this.lock.unlock();
		}
		if (next != null) {
			next.lead();
		}
	}

	private Lane lane(Durability durability) {
		return Objects.requireNonNull(this.lanes.get(durability), "Nobody writes in this lane");
	}

	/**
	 * The callers of one durability. Somebody waits only while as many write as may.
	 * Guarded by the lock.
	 */
	private static final class Lane {

		private final Queue<GatheredJob> waiting = new ArrayDeque<>();

		/** How many are under way, or are about to be by those who were told to write. */
		private int writes;

	}

}
