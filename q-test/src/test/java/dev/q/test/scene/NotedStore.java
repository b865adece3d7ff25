package dev.q.test.scene;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

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
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import dev.q.store.WorkStore;

/**
 * A store that notes what was answered to settlements, and sends none before it may.
 */
final class NotedStore implements JobStore, WorkStore {

	private final JobStore store;

	private final Ledger ledger;

	private final CountDownLatch gate;

	NotedStore(JobStore store, Ledger ledger, CountDownLatch gate) {
		this.store = store;
		this.ledger = ledger;
		this.gate = gate;
	}

	@Override
	public List<LeaseAnswer> settle(List<Settlement> settlements, Retention retention) {
		awaitGate();
		List<LeaseAnswer> answers = this.store.work().settle(settlements, retention);
		for (int i = 0; i < answers.size(); i++) {
			this.ledger.note(Ledger.SETTLED, settlements.get(i).lease().job(), answers.get(i));
		}
		return answers;
	}

	private void awaitGate() {
		boolean interrupted = false;
		while (true) {
			try {
				this.gate.await();
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public List<InsertAnswer> insert(List<InsertGroup> groups) {
		return this.store.work().insert(groups);
	}

	@Override
	public ClaimAnswer claim(ClaimRequest request) {
		return this.store.work().claim(request);
	}

	@Override
	public List<LeaseAnswer> renew(List<Lease> leases) {
		return this.store.work().renew(leases);
	}

	@Override
	public Subscription subscribe(WorkerId worker, StoreListener listener) {
		return this.store.work().subscribe(worker, listener);
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
