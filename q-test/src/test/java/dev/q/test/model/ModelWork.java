package dev.q.test.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import dev.q.store.WorkStore;

/**
 * What producers and workers ask for.
 *
 * @param books what is known
 * @param order who comes first
 * @param keys unique keys
 * @param intake how jobs are stored
 * @param settling what outcomes do
 * @param finished what is kept
 */
record ModelWork(Books books, Order order, Keys keys, Intake intake, Settling settling,
		Finished finished) implements WorkStore {

	@Override
	public List<InsertAnswer> insert(List<InsertGroup> groups) {
		this.books.requireOpen();
		groups.forEach(InsertGroup::requireStorableTimes);
		return groups.stream().map(this.intake::insert).toList();
	}

	@Override
	public ClaimAnswer claim(ClaimRequest request) {
		Set<QueueName> queues = new LinkedHashSet<>(request.queues());
		queues.removeIf((queue) -> this.books.pause(queue).stopsOut());
		queues.removeIf((queue) -> request.isExclusive(queue) && isWorked(queue));
		Instant now = this.books.now();
		this.order.due().stream().filter((job) -> queues.contains(job.queue())).forEach(this.order::toTheEnd);
		List<ClaimedJob> claimed = queues.stream()
			.flatMap((queue) -> this.order.line(queue)
				.stream()
				.filter((job) -> !job.isExpired(now))
				.limit(request.isExclusive(queue) ? 1 : request.limit()))
			.limit(request.limit())
			.map((job) -> claim(job, request))
			.toList();
		return new ClaimAnswer(claimed, now, nextDue(queues).orElse(null));
	}

	private boolean isWorked(QueueName queue) {
		return !this.books.jobs((job) -> job.state == JobState.RUNNING && job.queue().equals(queue)).isEmpty();
	}

	private ClaimedJob claim(ModelJob job, ClaimRequest request) {
		Instant now = this.books.now();
		Duration wanted = job.spec.limits().lease();
		Duration length = (wanted != null) ? wanted : request.lease();
		job.state = JobState.RUNNING;
		job.counters = job.counters.delivered();
		job.startedAt = now;
		job.worker = request.worker();
		job.leasedUntil = now.plus(length);
		job.token = "token-" + this.books.nextNumber();
		return new ClaimedJob(job.view(), new Lease(job.id, job.queue(), job.token, request.worker(), length));
	}

	private Optional<Instant> nextDue(Set<QueueName> queues) {
		return this.books.jobs((job) -> job.isDelayed() && !job.isHeld() && queues.contains(job.queue()))
			.stream()
			.map((job) -> job.runAt)
			.min(Comparator.naturalOrder());
	}

	@Override
	public List<LeaseAnswer> renew(List<Lease> leases) {
		Instant now = this.books.now();
		return leases.stream().map((lease) -> use(lease, (job) -> job.leasedUntil = now.plus(lease.length()))).toList();
	}

	@Override
	public List<LeaseAnswer> settle(List<Settlement> settlements, Retention retention) {
		this.books.requireOpen();
		List<LeaseAnswer> answers = new ArrayList<>();
		for (Settlement settlement : settlements) {
			answers.add(use(settlement.lease(), (job) -> {
				this.settling.apply(job, settlement.outcome());
				if (job.state.isTerminal()) {
					this.finished.settled(job, retention);
				}
				this.keys.handOver();
			}));
		}
		return answers;
	}

	/** A lease holds until the store has recorded its end, not until it has run out. */
	private LeaseAnswer use(Lease lease, Consumer<ModelJob> change) {
		Optional<ModelJob> leased = this.books.find(lease.queue(), lease.job())
			.filter((job) -> job.isHeldBy(lease.token()));
		leased.ifPresent(change);
		return leased.isPresent() ? LeaseAnswer.APPLIED : LeaseAnswer.LOST;
	}

	@Override
	public Subscription subscribe(WorkerId worker, StoreListener listener) {
		this.books.requireOpen();
		Objects.requireNonNull(listener, "listener");
		return Subscription.NONE;
	}

}
