package dev.q.expert;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.job.WorkerId;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.ClusterStore;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.JobCatalog;
import dev.q.store.JobControl;
import dev.q.store.JobStore;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.store.MaintenanceStore;
import dev.q.store.Retention;
import dev.q.store.ScheduleStore;
import dev.q.store.Settlement;
import dev.q.store.StoreCapability;
import dev.q.store.StoreException;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import dev.q.store.WorkStore;
import org.jspecify.annotations.Nullable;

/**
 * A store that fails when a test wants it to, and tells of looks that found nothing.
 */
final class BrittleStore implements JobStore, WorkStore {

	final Semaphore looksInVain = new Semaphore(0);

	volatile Runnable beforeClaim = () -> {
	};

	volatile Runnable afterLookInVain = () -> {
	};

	volatile boolean failsClaims;

	volatile boolean failsSettlements;

	volatile boolean refusesSettlements;

	final AtomicInteger busySettlements = new AtomicInteger();

	final AtomicInteger subscriptionsToFail = new AtomicInteger();

	final AtomicInteger subscriptions = new AtomicInteger();

	/** Whether what the store tells gets lost on its way. */
	volatile boolean isDeaf;

	/** Who subscribed last. */
	volatile @Nullable StoreListener listener;

	private final JobStore store;

	BrittleStore(JobStore store) {
		this.store = store;
	}

	@Override
	public ClaimAnswer claim(ClaimRequest request) {
		if (this.failsClaims) {
			throw new StoreException("drill: claim");
		}
		this.beforeClaim.run();
		ClaimAnswer answer = this.store.work().claim(request);
		if (answer.jobs().isEmpty()) {
			this.afterLookInVain.run();
			this.looksInVain.release();
		}
		return answer;
	}

	@Override
	public List<LeaseAnswer> settle(List<Settlement> settlements, Retention retention) {
		if (this.failsSettlements) {
			throw new StoreException("drill: settle");
		}
		if (this.refusesSettlements) {
			return List.of(LeaseAnswer.REFUSED);
		}
		if (this.busySettlements.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			return List.of(LeaseAnswer.BUSY);
		}
		return this.store.work().settle(settlements, retention);
	}

	@Override
	public Subscription subscribe(WorkerId worker, StoreListener listener) {
		if (this.subscriptionsToFail.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			throw new StoreException("drill: subscribe");
		}
		this.subscriptions.incrementAndGet();
		this.listener = listener;
		Subscription subscription = this.isDeaf ? () -> {
		} : this.store.work().subscribe(worker, listener);
		return () -> {
			this.subscriptions.decrementAndGet();
			subscription.close();
		};
	}

	@Override
	public List<InsertAnswer> insert(List<InsertGroup> groups) {
		return this.store.work().insert(groups);
	}

	@Override
	public List<LeaseAnswer> renew(List<Lease> leases) {
		return this.store.work().renew(leases);
	}

	@Override
	public String name() {
		return this.store.name();
	}

	@Override
	public Set<StoreCapability> capabilities() {
		return this.store.capabilities();
	}

	@Override
	public WorkStore work() {
		return this;
	}

	@Override
	public MaintenanceStore maintenance() {
		return this.store.maintenance();
	}

	@Override
	public ScheduleStore schedules() {
		return this.store.schedules();
	}

	@Override
	public ClusterStore cluster() {
		return this.store.cluster();
	}

	@Override
	public JobCatalog catalog() {
		return this.store.catalog();
	}

	@Override
	public JobControl control() {
		return this.store.control();
	}

	@Override
	public void close() {
		this.store.close();
	}

}
