package dev.q.test.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import dev.q.job.DeliveryMode;
import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.NewJob;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey;

/**
 * Jobs with all kinds of options, and the ids that have been given to jobs so far.
 */
final class RandomJobs {

	/** Names with all that names may have. */
	private static final List<QueueName> QUEUES = List.of(new QueueName("a.b-c_d"), new QueueName("-"),
			new QueueName("Mail.1"));

	private static final List<TypeName> TYPES = List.of(new TypeName("test"), new TypeName("x.y-z_1"));

	private static final List<String> TEXTS = List.of("a", "a|b", "line\nbreak", "nul\0nul", "%d(.*)^$", "\u043a\u043b",
			"\ud83d\ude00", "{a}:b");

	private final Random random;

	private final List<QueueName> queues;

	private final Map<QueueName, List<JobId>> ids = new HashMap<>();

	RandomJobs(Random random) {
		this.random = random;
		this.queues = QUEUES.subList(0, 1 + random.nextInt(QUEUES.size()));
	}

	List<QueueName> queues() {
		return this.queues;
	}

	QueueName queue() {
		return oneOf(this.queues);
	}

	boolean hasOneQueue() {
		return this.queues.size() == 1;
	}

	List<JobId> all() {
		return this.ids.values().stream().flatMap(List::stream).distinct().toList();
	}

	/** Some ids that have been used, maybe one of them twice, maybe an unknown one. */
	List<JobId> someIds(int most) {
		List<JobId> all = all();
		List<JobId> some = new ArrayList<>();
		int count = this.random.nextInt(most + 1);
		for (int i = 0; i < count; i++) {
			boolean known = !all.isEmpty() && this.random.nextInt(20) > 0;
			some.add(known ? oneOf(all) : newId());
		}
		return some;
	}

	NewJob job(QueueName queue, Instant now) {
		JobSpec spec = JobSpec.of(queue, oneOf(TYPES), payload()).withPriority(priority()).withLimits(limits(now));
		if (this.random.nextInt(3) == 0) {
			spec = unique(spec, oneOf(List.of(UniqueKey.Conflict.values())));
		}
		if (this.random.nextInt(5) == 0) {
			spec = spec.annotated(Set.of("t" + this.random.nextInt(9)), Map.of("h.-_", text()));
		}
		if (this.random.nextInt(8) == 0) {
			spec = spec.withDelivery(DeliveryMode.AT_MOST_ONCE);
		}
		return new NewJob(idFor(queue), spec, due(now));
	}

	/** Whether one follows another job that expires in the same step is open. */
	private JobSpec unique(JobSpec spec, UniqueKey.Conflict conflict) {
		JobSpec unique = spec.withUnique(new UniqueKey(text(), scope(), conflict));
		return (conflict == UniqueKey.Conflict.RUN_AGAIN_AFTER)
				? unique.withLimits(unique.limits().expiring(null, null)) : unique;
	}

	private UniqueKey.Scope scope() {
		return switch (this.random.nextInt(5)) {
			case 0 -> UniqueKey.Scope.PENDING;
			case 1 -> UniqueKey.Scope.UNTIL_SUCCESS;
			case 2 -> new UniqueKey.Scope.Window(Duration.ofMillis(1 + this.random.nextInt(5000)));
			default -> UniqueKey.Scope.UNTIL_DONE;
		};
	}

	private JobId idFor(QueueName queue) {
		List<JobId> used = this.ids.computeIfAbsent(queue, (name) -> new ArrayList<>());
		if (!used.isEmpty() && this.random.nextInt(6) == 0) {
			return oneOf(used);
		}
		JobId id = newId();
		used.add(id);
		return id;
	}

	/** Any bits at all: an id need not be a UUID of some version. */
	private JobId newId() {
		return new JobId(new UUID(this.random.nextLong(), this.random.nextLong()));
	}

	private int priority() {
		return (this.random.nextInt(3) == 0) ? this.random.nextInt(10) : 5;
	}

	private Payload payload() {
		byte[] bytes = new byte[this.random.nextInt(40)];
		this.random.nextBytes(bytes);
		return switch (this.random.nextInt(3)) {
			case 0 -> Payload.json(bytes);
			case 1 -> Payload.octets(bytes);
			default -> Payload.of("text/x", bytes);
		};
	}

	private JobLimits limits(Instant now) {
		JobLimits limits = JobLimits.DEFAULT.withMaxCrashes(1 + this.random.nextInt(3));
		if (this.random.nextInt(4) == 0) {
			limits = limits.withLease(Duration.ofMillis(1000 + this.random.nextInt(5000)));
		}
		boolean byAge = this.random.nextInt(6) == 0;
		boolean byInstant = this.random.nextInt(8) == 0;
		Duration age = byAge ? Duration.ofMillis(1 + this.random.nextInt(10_000)) : null;
		Instant deadline = byInstant ? now.plusMillis(this.random.nextInt(10_000) - 2000) : null;
		return limits.expiring(age, deadline);
	}

	Due due(Instant now) {
		return switch (this.random.nextInt(6)) {
			case 0 -> Due.in(Duration.ofMillis(this.random.nextInt(3000)));
			case 1 -> Due.at(now.plusMillis(this.random.nextInt(4000) - 1000));
			default -> Due.NOW;
		};
	}

	String text() {
		return oneOf(TEXTS);
	}

	<T> T oneOf(List<T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

}
