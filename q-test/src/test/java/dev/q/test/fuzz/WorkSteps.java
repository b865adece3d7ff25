package dev.q.test.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import dev.q.job.DeadReason;
import dev.q.job.JobError;
import dev.q.job.NewJob;
import dev.q.job.Outcome;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.job.StoredResult;
import dev.q.job.UniqueKey;
import dev.q.job.WorkerId;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.Lease;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import org.jspecify.annotations.Nullable;

/**
 * What producers and workers do.
 */
final class WorkSteps {

	static final List<WorkerId> WORKERS = List.of(new WorkerId("w.1-a_b"), new WorkerId("-"), new WorkerId("W2"));

	private final BothStores stores;

	private final RandomJobs jobs;

	private final Random random;

	/** The oldest successes are trimmed, which must have ended one after the other. */
	private final boolean trims;

	private final List<Held> held = new ArrayList<>();

	WorkSteps(BothStores stores, RandomJobs jobs, Random random) {
		this.stores = stores;
		this.jobs = jobs;
		this.random = random;
		this.trims = random.nextInt(3) == 0;
	}

	void insert() {
		List<InsertGroup> groups = new ArrayList<>();
		int count = 1 + this.random.nextInt(3);
		for (int i = 0; i < count; i++) {
			groups.add(group());
		}
		this.stores.ask("insert " + groups.stream().map(WorkSteps::told).toList(),
				(store) -> store.work().insert(groups));
	}

	private InsertGroup group() {
		QueueName queue = this.jobs.queue();
		List<NewJob> group = new ArrayList<>();
		int size = 1 + this.random.nextInt((this.random.nextInt(4) == 0) ? 20 : 3);
		for (int i = 0; i < size; i++) {
			group.add(this.jobs.job(queue, this.stores.now()));
		}
		int limit = (this.random.nextInt(4) == 0) ? 1 + this.random.nextInt(40) : 0;
		return new InsertGroup(queue, group, limit);
	}

	private static String told(InsertGroup group) {
		return "%s, at most %d: %s".formatted(group.queue(), group.maxLength(),
				group.jobs()
					.stream()
					.map((job) -> "%s p%d %s %s".formatted(job.id().toString().substring(0, 4), job.spec().priority(),
							job.due(), WorkSteps.told(job.spec().unique())))
					.toList());
	}

	private static String told(@Nullable UniqueKey key) {
		return (key != null) ? "unique '%s' %s %s".formatted(key.value(), key.scope(), key.conflict()) : "";
	}

	void claim() {
		if (this.stores.hasSuccessors()) {
			// A claim that ends a job lets another one follow, maybe in time to bring it.
			this.stores.finishClaim();
			this.stores.disperse();
		}
		List<QueueName> queues = List.of(this.jobs.queue(), this.jobs.queue(), this.jobs.queue());
		int limit = 1 + this.random.nextInt((this.random.nextInt(5) == 0) ? 60 : 5);
		ClaimRequest request = new ClaimRequest(queues, limit, Duration.ofMillis(1000 + this.random.nextInt(4000)),
				this.jobs.oneOf(WORKERS));
		BothStores.Answers<ClaimAnswer> answers = this.stores.askEach(request.toString(),
				(store) -> store.work().claim(request));
		this.stores.requireEqual(answers, (answer) -> answer.jobs().stream().map(ClaimedJob::job).toList());
		this.stores.requireEqual(answers,
				(answer) -> answer.jobs().stream().map((job) -> withoutToken(job.lease())).toList());
		this.stores.requireEqual(answers, ClaimAnswer::storeTime);
		if (answers.model().jobs().size() < limit) {
			// In a full answer it is a hint.
			this.stores.requireEqual(answers, (answer) -> String.valueOf(answer.nextDue()));
		}
		for (int i = 0; i < answers.model().jobs().size(); i++) {
			this.held.add(new Held(answers.model().jobs().get(i).lease(), answers.store().jobs().get(i).lease()));
		}
		this.stores.finishClaim();
	}

	private static Lease withoutToken(Lease lease) {
		return new Lease(lease.job(), lease.queue(), "", lease.worker(), lease.length());
	}

	void renew() {
		List<Held> some = someHeld(5);
		this.stores.ask("renew " + some, (store) -> store.work()
			.renew(some.stream().map((lease) -> lease.in(this.stores.isModel(store))).toList()));
	}

	/** Leases stay in hand, so that some of what is settled is lost. */
	void settle() {
		this.stores.advance(Duration.ofMillis(1));
		List<Held> some = List.copyOf(new LinkedHashSet<>(someHeld((this.random.nextInt(4) == 0) ? 40 : 4)));
		List<Outcome> outcomes = new ArrayList<>();
		int successes = 0;
		while (outcomes.size() < some.size()) {
			Outcome outcome = outcome(this.trims && successes > 0);
			successes += (outcome instanceof Outcome.Succeeded) ? 1 : 0;
			outcomes.add(outcome);
		}
		Retention retention = retention();
		this.stores.ask("settle %s as %s, %s".formatted(some, outcomes, retention),
				(store) -> store.work().settle(settlements(store, some, outcomes), retention));
		while (this.held.size() > 60) {
			this.held.remove(0);
		}
	}

	private List<Settlement> settlements(JobStore store, List<Held> leases, List<Outcome> outcomes) {
		List<Settlement> settlements = new ArrayList<>();
		for (int i = 0; i < leases.size(); i++) {
			settlements.add(new Settlement(leases.get(i).in(this.stores.isModel(store)), outcomes.get(i)));
		}
		return settlements;
	}

	private List<Held> someHeld(int most) {
		List<Held> some = new ArrayList<>();
		int count = this.random.nextInt(most + 1);
		for (int i = 0; i < count && !this.held.isEmpty(); i++) {
			some.add(this.jobs.oneOf(this.held));
		}
		return some;
	}

	private Outcome outcome(boolean noSuccess) {
		return switch (this.random.nextInt(8)) {
			case 0, 1, 2 -> noSuccess ? new Outcome.Cancelled(this.jobs.text()) : new Outcome.Succeeded(result());
			case 3 -> new Outcome.Retry(delay(), error());
			case 4 -> new Outcome.Dead(this.jobs.oneOf(List.of(DeadReason.values())), error());
			case 5 -> new Outcome.Cancelled(this.jobs.text());
			default -> {
				ReleaseReason reason = this.jobs.oneOf(List.of(ReleaseReason.values()));
				yield new Outcome.Released(reason, (reason == ReleaseReason.SHUTDOWN) ? Duration.ZERO : delay());
			}
		};
	}

	private Duration delay() {
		return (this.random.nextInt(3) == 0) ? Duration.ZERO : Duration.ofMillis(this.random.nextInt(3000));
	}

	private JobError error() {
		return new JobError(this.jobs.text(), this.jobs.text(), this.random.nextBoolean() ? this.jobs.text() : "");
	}

	private StoredResult result() {
		return switch (this.random.nextInt(3)) {
			case 0 -> StoredResult.NONE;
			case 1 -> new StoredResult.Omitted(this.random.nextBoolean() ? this.jobs.text() : "");
			default -> new StoredResult.Value(Payload.json(this.jobs.text().getBytes(StandardCharsets.UTF_8)));
		};
	}

	/** Now and then a kind is not kept at all. */
	Retention retention() {
		int most = (this.trims && this.random.nextInt(2) == 0) ? 3 : 10_000;
		return new Retention(span(), (this.random.nextInt(8) == 0) ? 0 : most, span(), span(), span());
	}

	private Duration span() {
		return (this.random.nextInt(6) == 0) ? Duration.ZERO : Duration.ofMillis(this.random.nextInt(20_000));
	}

	/**
	 * A job that both gave to the same worker.
	 */
	private record Held(Lease model, Lease store) {

		Lease in(boolean isModel) {
			return isModel ? this.model : this.store;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Held that && this.model.token().equals(that.model.token());
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.model.token());
		}

		@Override
		public String toString() {
			return this.model.job().toString().substring(0, 4);
		}

	}

}
