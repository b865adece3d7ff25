package dev.q.benchmark;

import java.util.List;
import java.util.Set;

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
 * A store that counts what it hands out and what is settled, batch by batch, so that the
 * count costs next to nothing for each job.
 *
 * @param store the store
 * @param work its role of workers, counted
 */
record CountedStore(JobStore store, WorkStore work) implements JobStore {

	static CountedStore of(JobStore store, Tally tally) {
		return new CountedStore(store, new CountedWork(store.work(), tally));
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

	/**
	 * The role of workers, counted.
	 */
	private record CountedWork(WorkStore work, Tally tally) implements WorkStore {

		@Override
		public List<InsertAnswer> insert(List<InsertGroup> groups) {
			this.tally.addCall();
			return this.work.insert(groups);
		}

		@Override
		public ClaimAnswer claim(ClaimRequest request) {
			this.tally.addCall();
			ClaimAnswer answer = this.work.claim(request);
			this.tally.addClaimed(answer.jobs().size());
			return answer;
		}

		@Override
		public List<LeaseAnswer> renew(List<Lease> leases) {
			this.tally.addCall();
			return this.work.renew(leases);
		}

		@Override
		public List<LeaseAnswer> settle(List<Settlement> settlements, Retention retention) {
			this.tally.addCall();
			List<LeaseAnswer> answers = this.work.settle(settlements, retention);
			int applied = 0;
			for (LeaseAnswer answer : answers) {
				applied += (answer == LeaseAnswer.APPLIED) ? 1 : 0;
			}
			this.tally.addSettled(applied);
			return answers;
		}

		@Override
		public Subscription subscribe(WorkerId worker, StoreListener listener) {
			return this.work.subscribe(worker, listener);
		}

	}

}
