package dev.q.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import dev.q.store.WorkStore;
import org.jspecify.annotations.Nullable;

/**
 * Storing jobs in memory, and working them off.
 */
final class MemoryWorkStore implements WorkStore {

	private final MemoryState state;

	MemoryWorkStore(MemoryState state) {
		this.state = state;
	}

	@Override
	public List<InsertAnswer> insert(List<InsertGroup> groups) {
		this.state.requireOpen();
		News news = this.state.news();
		Intake intake = Intake.of(this.state, news);
		groups.forEach(intake::requireStorableTimes);
		List<InsertAnswer> answers = new ArrayList<>(groups.size());
		try {
			for (InsertGroup group : groups) {
				answers.add(intake.take(group));
			}
		}
		finally {
			news.tell();
		}
		return answers;
	}

	@Override
	public ClaimAnswer claim(ClaimRequest request) {
		this.state.requireOpen();
		News news = this.state.news();
		Claiming claiming = new Claiming(this.state, request, news);
		for (QueueName name : request.queues()) {
			MemoryQueue queue = this.state.known(name);
			if (queue != null && !claiming.isFull()) {
				claiming.claimFrom(queue);
			}
		}
		news.tell();
		return claiming.answer();
	}

	@Override
	public List<LeaseAnswer> renew(List<Lease> leases) {
		this.state.requireOpen();
		Instant steadyNow = this.state.steadyNow();
		return underLease(leases, Function.identity(), (queue, job, lease) -> queue.renew(job, steadyNow));
	}

	@Override
	public List<LeaseAnswer> settle(List<Settlement> settlements, Retention retention) {
		this.state.requireOpen();
		News news = this.state.news();
		Settling settling = new Settling(retention, this.state.now(), news);
		List<LeaseAnswer> answers = underLease(settlements, Settlement::lease, (queue, job, settlement) -> {
			settling.settle(queue, job, settlement.outcome());
			news.changed(queue);
		});
		news.tell();
		this.state.awaited().settled(settlements, answers);
		return answers;
	}

	@Override
	public Subscription subscribe(WorkerId worker, StoreListener listener) {
		this.state.requireOpen();
		return this.state.signals().subscribe(worker, listener);
	}

	/**
	 * Does something to the jobs whose leases hold; neighbours of one queue share a lock.
	 */
	private <T> List<LeaseAnswer> underLease(List<T> items, Function<T, Lease> leaseOf, Change<T> change) {
		List<LeaseAnswer> answers = new ArrayList<>(items.size());
		while (answers.size() < items.size()) {
			QueueName name = leaseOf.apply(items.get(answers.size())).queue();
			MemoryQueue queue = this.state.known(name);
			if (queue == null) {
				answers.add(LeaseAnswer.LOST);
				continue;
			}
			queue.lock();
			try {
				do {
					T item = items.get(answers.size());
					answers.add(change.applyUnder(leaseOf.apply(item), queue, item));
				}
				while (answers.size() < items.size() && leaseOf.apply(items.get(answers.size())).queue().equals(name));
			}
			finally {
				queue.unlock();
			}
		}
		return answers;
	}

	/**
	 * What is done to a job whose lease holds.
	 */
	@FunctionalInterface
	private interface Change<T> {

		void apply(MemoryQueue queue, MemoryJob job, T item);

		default LeaseAnswer applyUnder(Lease lease, MemoryQueue queue, T item) {
			@Nullable MemoryJob job = queue.find(lease.job());
			if (job == null || !job.isHeldBy(lease)) {
				return LeaseAnswer.LOST;
			}
			apply(queue, job, item);
			return LeaseAnswer.APPLIED;
		}

	}

}
