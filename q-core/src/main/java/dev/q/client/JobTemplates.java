package dev.q.client;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.cancel.Canceller;
import dev.q.client.result.StoreResults;
import dev.q.codec.PayloadCodec;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.ports.SystemClock;
import dev.q.schedule.Schedules;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.StoreCapability;

/**
 * Makes job templates over a store.
 *
 * @since 0.1
 */
public final class JobTemplates implements AutoCloseable {

	/**
	 * How many shared writes are under way at once over a store that bears them side by
	 * side. With fewer, a handful of callers wait for each other though the store has
	 * nothing to do; with more, many callers share less.
	 */
	static final int WRITES_SIDE_BY_SIDE = 8;

	/** Knows the store too. */
	private final Canceller canceller;

	private final JobWriter writer;

	private final SingleInsert single;

	private final TransactionWriter inTransaction;

	private final JobFactory factory;

	private final AsyncLines async;

	private final StoreResults results;

	private final EnqueueChain chain;

	/**
	 * Takes what a template needs.
	 * @param store where jobs are stored
	 * @param registry the handlers known here: they say which type a payload is for, and
	 * how its jobs are run
	 * @param codec writes payloads
	 * @param settings what holds for all jobs
	 * @param ids where ids come from
	 * @param events who is told of stored jobs, and of those that schedules cancel
	 */
	public JobTemplates(JobStore store, HandlerRegistry registry, PayloadCodec codec, ClientSettings settings,
			JobIds ids, JobEvents events) {
		this.canceller = new Canceller(store, events);
		DeferredJobs.Outside outside = DeferredJobs.Outside.of(new HeldInserts(store), new Announcements(events));
		this.writer = outside.writer();
		this.single = single(store);
		this.inTransaction = new TransactionWriter(store, outside);
		this.factory = new JobFactory(registry, codec, settings, ids, new Grants(store));
		this.async = new AsyncLines(store, this.writer, new SystemClock());
		this.results = new StoreResults(store, codec, events, settings.results(), new SystemClock());
		this.chain = new EnqueueChain(settings.interceptors());
	}

	/**
	 * A template that knows of no transactions: all jobs are stored at once and stay,
	 * whatever becomes of a transaction that the caller is in.
	 * @return a template, safe for use by many threads
	 */
	public JobTemplate template() {
		return template(CallerTransaction.NONE);
	}

	/**
	 * A template whose jobs may wait for the end of a transaction.
	 * @param transaction tells of the transactions of those who enqueue
	 * @return a template, safe for use by many threads
	 */
	public JobTemplate template(CallerTransaction transaction) {
		Writers writers = new Writers(this.writer, this.single, this.async, this.inTransaction);
		return new StoreJobTemplate(writers, new StoreJobTemplate.Looks(this.canceller.store().catalog(), this.results),
				this.factory, this.chain, transaction);
	}

	/**
	 * The job that a template of this would store. Nothing is stored, and the store is
	 * not asked: whether the queue has room, and the key of the job is free, shows when
	 * it is enqueued.
	 * @param request what to run and how
	 * @return the job, checked and encoded
	 * @throws IllegalArgumentException if the payload cannot be encoded or is too large,
	 * or options contradict each other
	 * @throws dev.q.JobRejectedException if an option cannot be granted
	 */
	public NewJob rehearse(JobRequest request) {
		return this.factory.draft(this.chain.passed(request), 0).job();
	}

	/**
	 * Stores what is on its way, for ten seconds at most, and sends away all who wait for
	 * results. What templates enqueue asynchronously after that is refused; all else they
	 * do as before.
	 */
	@Override
	public void close() {
		this.async.close();
		this.results.close();
	}

	/**
	 * Schedules of the jobs that a template of this would store.
	 * @param onChange called when a schedule was added or changed here, so that a worker
	 * of this process need not wait until it looks
	 * @return schedules, safe for use by many threads
	 */
	public Schedules schedules(Runnable onChange) {
		return new StoreSchedules(this.canceller, this.factory, this.writer, onChange);
	}

	/**
	 * Of several stores each has its own callers gathered: those of another one must not
	 * wait for it.
	 */
	private SingleInsert single(JobStore whole) {
		if (whole.storeOf(QueueName.DEFAULT).equals(whole)) {
			return singleOf(whole);
		}
		Map<JobStore, SingleInsert> held = new ConcurrentHashMap<>();
		return (draft, answers) -> held.computeIfAbsent(whole.storeOf(draft.queue()), this::singleOf)
			.insert(draft, answers);
	}

	private SingleInsert singleOf(JobStore holder) {
		Set<StoreCapability> capabilities = holder.capabilities();
		int mostWrites = capabilities.contains(StoreCapability.CONCURRENT_INSERTS) ? WRITES_SIDE_BY_SIDE : 1;
		return capabilities.contains(StoreCapability.GROUP_COMMIT)
				? new GroupCommit(this.writer, mostWrites, new SystemClock()) : this.writer;
	}

	/**
	 * The ways into the store.
	 *
	 * @param all for what is enqueued together outside of transactions
	 * @param single for what is enqueued alone outside of transactions
	 * @param async for what is enqueued alone outside of transactions by who does not
	 * wait
	 * @param inTransaction for what is enqueued in one
	 */
	record Writers(JobWriter all, SingleInsert single, AsyncLines async, TransactionWriter inTransaction) {
	}

	/**
	 * The way into a store, which may be several.
	 *
	 * @param store which store
	 */
	private record HeldInserts(JobStore store) implements JobWriter.Inserts {

		@Override
		public List<InsertAnswer> insert(List<InsertGroup> groups) {
			return this.store.work().insert(groups);
		}

		@Override
		public Object holderOf(QueueName queue) {
			return this.store.storeOf(queue);
		}

	}

}
