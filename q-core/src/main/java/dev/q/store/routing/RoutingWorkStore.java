package dev.q.store.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import dev.q.job.WorkerId;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreException;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import dev.q.store.WorkStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends work to the stores of its queues.
 */
final class RoutingWorkStore implements WorkStore {

	private static final Logger logger = LoggerFactory.getLogger(RoutingJobStore.class);

	private final Branches branches;

	private final Messengers messengers;

	private final Ears ears;

	RoutingWorkStore(Branches branches, Messengers messengers, Ears ears) {
		this.branches = branches;
		this.messengers = messengers;
		this.ears = ears;
	}

	@Override
	public List<InsertAnswer> insert(List<InsertGroup> groups) {
		this.branches.requireOpen();
		Map<Branch, List<Integer>> places = this.branches.places(groups, InsertGroup::queue);
		if (places.size() == 1) {
			return places.keySet().iterator().next().ask((store) -> store.work().insert(groups));
		}
		groups.forEach(InsertGroup::requireStorableTimes);
		InsertAnswer[] answers = new InsertAnswer[groups.size()];
		Failures failures = new Failures();
		places.forEach((branch, own) -> {
			try {
				put(branch.ask((store) -> store.work().insert(pick(groups, own))), own, answers);
			}
			catch (RuntimeException ex) {
				failures.add(ex);
			}
		});
		failures.rethrow();
		return Arrays.asList(answers);
	}

	@Override
	public ClaimAnswer claim(ClaimRequest request) {
		this.branches.requireOpen();
		if (request.queues().isEmpty()) {
			return this.branches.all().get(0).ask((store) -> store.work().claim(request));
		}
		Map<Branch, List<Integer>> places = this.branches.places(request.queues(), (queue) -> queue);
		if (places.size() == 1) {
			return places.keySet().iterator().next().ask((store) -> store.work().claim(request));
		}
		return new RoutedClaim(this.branches, this.messengers, request).answer();
	}

	@Override
	public List<LeaseAnswer> renew(List<Lease> leases) {
		this.branches.requireOpen();
		return underLease(this.branches.places(leases, Lease::queue), leases, (store, own) -> store.work().renew(own));
	}

	@Override
	public List<LeaseAnswer> settle(List<Settlement> settlements, Retention retention) {
		this.branches.requireOpen();
		return underLease(this.branches.places(settlements, (settlement) -> settlement.lease().queue()), settlements,
				(store, own) -> settle(store, own, retention));
	}

	/**
	 * What others were asked is done and cannot be asked again, so a store that refuses
	 * is asked for each by itself: that is what its caller would do, if it were the only
	 * one.
	 */
	private static List<LeaseAnswer> settle(JobStore store, List<Settlement> settlements, Retention retention) {
		try {
			return store.work().settle(settlements, retention);
		}
		catch (RuntimeException ex) {
			if (!isRefusal(ex)) {
				throw ex;
			}
			if (settlements.size() > 1) {
				return settleApart(store, settlements, retention);
			}
			logger.warn("Store {} refuses what became of job {}", store.name(), settlements.get(0).lease().job(), ex);
			return List.of(LeaseAnswer.REFUSED);
		}
	}

	private static List<LeaseAnswer> settleApart(JobStore store, List<Settlement> settlements, Retention retention) {
		List<LeaseAnswer> answers = new ArrayList<>();
		try {
			for (Settlement settlement : settlements) {
				answers.addAll(settle(store, List.of(settlement), retention));
			}
		}
		catch (RuntimeException ex) {
			// What was applied must be told. The rest meets the failure when it is asked
			// for again.
			logger.debug("Store {} failed after {} of {} settlements", store.name(), answers.size(), settlements.size(),
					ex);
			answers.addAll(Collections.nCopies(settlements.size() - answers.size(), LeaseAnswer.BUSY));
		}
		return answers;
	}

	private static boolean isRefusal(RuntimeException failure) {
		return failure instanceof IllegalArgumentException || StoreException.isRefusal(failure);
	}

	/**
	 * Asks all side by side, even if it is one: a store that hangs must not hold up those
	 * whose leases come next.
	 */
	private <T> List<LeaseAnswer> underLease(Map<Branch, List<Integer>> places, List<T> things,
			BiFunction<JobStore, List<T>, List<LeaseAnswer>> question) {
		Map<Branch, Errand<List<LeaseAnswer>>> errands = new LinkedHashMap<>();
		places.forEach((branch, own) -> errands.put(branch, Errand.begin(branch,
				(store) -> question.apply(store, pick(things, own)), this::forget, this.messengers)));
		LeaseAnswer[] answers = new LeaseAnswer[things.size()];
		Failures failures = new Failures();
		errands.forEach((branch, errand) -> {
			List<Integer> own = places.getOrDefault(branch, List.of());
			try {
				put(errand.await(), own, answers);
			}
			catch (RuntimeException ex) {
				failures.add(ex);
				put(Collections.nCopies(own.size(), LeaseAnswer.BUSY), own, answers);
			}
		});
		if (this.branches.areAllDown()) {
			failures.rethrow();
		}
		return Arrays.asList(answers);
	}

	/** A late answer is for nobody: whoever was told that a lease is busy asks again. */
	private void forget(List<LeaseAnswer> late) {
		logger.trace("{} leases were answered for too late", late.size());
	}

	@Override
	public Subscription subscribe(WorkerId worker, StoreListener listener) {
		this.branches.requireOpen();
		return this.ears.open(this.branches, (store) -> store.work().subscribe(worker, listener), listener::lookAnew);
	}

	private static <T> List<T> pick(List<T> things, List<Integer> places) {
		List<T> picked = new ArrayList<>(places.size());
		for (int place : places) {
			picked.add(things.get(place));
		}
		return picked;
	}

	private static <T> void put(List<T> said, List<Integer> places, T[] answers) {
		StoreException.requireAnswers("things", places.size(), said.size());
		for (int i = 0; i < said.size(); i++) {
			answers[places.get(i)] = said.get(i);
		}
	}

}
