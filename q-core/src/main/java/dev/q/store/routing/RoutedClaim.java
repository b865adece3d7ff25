package dev.q.store.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One claim in the queues of several stores, in their order. The clocks of the stores may
 * differ, so when it is worth asking again is counted from each store's own time. For use
 * by one thread.
 */
final class RoutedClaim {

	private static final Logger logger = LoggerFactory.getLogger(RoutingJobStore.class);

	private final Branches branches;

	private final Messengers messengers;

	private final ClaimRequest request;

	private final List<ClaimedJob> jobs = new ArrayList<>();

	private final Failures failures = new Failures();

	private @Nullable Instant storeTime;

	private @Nullable Duration wait;

	RoutedClaim(Branches branches, Messengers messengers, ClaimRequest request) {
		this.branches = branches;
		this.messengers = messengers;
		this.request = request;
	}

	/**
	 * Asks until enough is there.
	 * @throws StoreException if no store answered
	 */
	ClaimAnswer answer() {
		List<QueueName> queues = this.request.queues();
		int from = 0;
		while (from < queues.size() && this.jobs.size() < this.request.limit()) {
			int to = endOfRun(from);
			askSafely(this.branches.of(queues.get(from)), queues.subList(from, to));
			from = to;
		}
		Instant time = this.storeTime;
		if (time == null) {
			this.failures.rethrow();
			throw new StoreException("No store was asked for jobs of " + queues);
		}
		return new ClaimAnswer(this.jobs, time, (this.wait != null) ? time.plus(this.wait) : null);
	}

	/** Queues of one store that follow each other are asked for at once. */
	private int endOfRun(int from) {
		Branch branch = this.branches.of(this.request.queues().get(from));
		int to = from + 1;
		while (to < this.request.queues().size() && this.branches.isHeldBy(this.request.queues().get(to), branch)) {
			to++;
		}
		return to;
	}

	private void askSafely(Branch branch, List<QueueName> queues) {
		try {
			ask(branch, queues);
		}
		catch (RuntimeException ex) {
			this.failures.add(ex);
			// The store may be back long before the next look now and then.
			askAgainIn(Branch.LONGEST_PAUSE);
		}
	}

	private void ask(Branch branch, List<QueueName> queues) {
		ClaimRequest part = this.request.of(queues, this.request.limit() - this.jobs.size());
		ClaimAnswer said = Errand
			.begin(branch, (store) -> store.work().claim(part), (late) -> handBack(branch, late), this.messengers)
			.await();
		this.jobs.addAll(said.jobs());
		if (this.storeTime == null) {
			this.storeTime = said.storeTime();
		}
		if (said.nextDue() != null) {
			askAgainIn(Duration.between(said.storeTime(), said.nextDue()));
		}
	}

	private void askAgainIn(Duration span) {
		Duration known = this.wait;
		this.wait = (known == null || span.compareTo(known) < 0) ? span : known;
	}

	/** Nobody waits for these jobs any more. They go back as if their worker stopped. */
	private static void handBack(Branch branch, ClaimAnswer late) {
		if (late.jobs().isEmpty()) {
			return;
		}
		Outcome released = new Outcome.Released(ReleaseReason.SHUTDOWN, Duration.ZERO);
		List<Settlement> settlements = late.jobs()
			.stream()
			.map((job) -> new Settlement(job.lease(), released))
			.toList();
		try {
			branch.ask((store) -> store.work().settle(settlements, Retention.DEFAULT));
			logger.warn("Store {} gave {} jobs out too late; they were handed back", branch, settlements.size());
		}
		catch (RuntimeException ex) {
			logger.warn("Store {} gave {} jobs out too late, and they could not be handed back: others take them over"
					+ " when their leases run out", branch, settlements.size(), ex);
		}
	}

}
