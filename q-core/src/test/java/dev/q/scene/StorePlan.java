package dev.q.scene;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;

import dev.q.job.JobId;
import dev.q.job.WorkerId;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreException;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import dev.q.store.WorkStore;
import org.jspecify.annotations.Nullable;

/**
 * A store that fails, or says that it is busy, as often as a test plans it, and otherwise
 * does what the store behind it does.
 */
public final class StorePlan implements WorkStore {

	public final List<List<Settlement>> settled = new ArrayList<>();

	public int claimsToFail;

	public int subscriptionsToFail;

	/** Whether what the store tells gets lost on its way. */
	public boolean isDeaf;

	/** Who subscribed last. */
	public @Nullable StoreListener listener;

	public boolean answersTooLittle;

	/** What the store does to a batch with a settlement of one of these jobs. */
	public final Map<JobId, RuntimeException> refused = new HashMap<>();

	public Runnable duringRenewal = () -> {
	};

	/** When the store has answered, and nobody has heard it yet. Run once. */
	public Runnable afterRenewal = () -> {
	};

	public Runnable afterClaim = () -> {
	};

	private final WorkStore store;

	private final Queue<Supplier<LeaseAnswer>> plans = new ArrayDeque<>();

	public StorePlan(WorkStore store) {
		this.store = store;
	}

	public StorePlan failOnce() {
		this.plans.add(() -> {
			throw new StoreException("drill");
		});
		return this;
	}

	public StorePlan errorOnce() {
		this.plans.add(() -> {
			throw new NoClassDefFoundError("drill");
		});
		return this;
	}

	public StorePlan busyOnce() {
		this.plans.add(() -> LeaseAnswer.BUSY);
		return this;
	}

	public StorePlan refuseOnce() {
		this.plans.add(() -> LeaseAnswer.REFUSED);
		return this;
	}

	@Override
	public List<InsertAnswer> insert(List<InsertGroup> groups) {
		return this.store.insert(groups);
	}

	@Override
	public ClaimAnswer claim(ClaimRequest request) {
		if (this.claimsToFail-- > 0) {
			throw new StoreException("drill");
		}
		ClaimAnswer answer = this.store.claim(request);
		this.afterClaim.run();
		return answer;
	}

	@Override
	public List<LeaseAnswer> renew(List<Lease> leases) {
		this.duringRenewal.run();
		List<LeaseAnswer> answers = this.plans.isEmpty() ? this.store.renew(leases)
				: leases.stream().map((lease) -> planned()).toList();
		Runnable after = this.afterRenewal;
		this.afterRenewal = () -> {
		};
		after.run();
		return answers;
	}

	@Override
	public List<LeaseAnswer> settle(List<Settlement> settlements, Retention retention) {
		this.settled.add(List.copyOf(settlements));
		for (Settlement settlement : settlements) {
			RuntimeException refusal = this.refused.get(settlement.lease().job());
			if (refusal != null) {
				throw refusal;
			}
		}
		if (this.answersTooLittle) {
			return List.of();
		}
		return this.plans.isEmpty() ? this.store.settle(settlements, retention)
				: settlements.stream().map((settlement) -> planned()).toList();
	}

	@Override
	public Subscription subscribe(WorkerId worker, StoreListener listener) {
		if (this.subscriptionsToFail-- > 0) {
			throw new StoreException("drill");
		}
		this.listener = listener;
		return this.isDeaf ? () -> {
		} : this.store.subscribe(worker, listener);
	}

	private LeaseAnswer planned() {
		return this.plans.remove().get();
	}

}
