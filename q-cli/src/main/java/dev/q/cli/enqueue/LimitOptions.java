package dev.q.cli.enqueue;

import java.time.Duration;
import java.time.Instant;

import dev.q.JobOptions;
import dev.q.cli.filter.InstantText;
import dev.q.cli.store.DurationText;
import dev.q.handler.OptionText;
import dev.q.job.DeliveryMode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * How often and how long a job may run, and how safe it is.
 */
final class LimitOptions {

	@Option(names = "--max-attempts", paramLabel = "NUMBER", description = "Failures after which it is dead.")
	private @Nullable Integer maxAttempts;

	@Option(names = "--max-crashes", paramLabel = "NUMBER", description = "Lost workers after which it is dead.")
	private @Nullable Integer maxCrashes;

	@Option(names = "--retry", paramLabel = "POLICY",
			description = "How long to wait between attempts, as q.retry.policy: sidekiq, fixed(10s), ...")
	private @Nullable String retry;

	@Option(names = "--lease", paramLabel = "DURATION", converter = DurationText.class,
			description = "How long it waits until it is taken over from a worker that died.")
	private @Nullable Duration lease;

	@Option(names = "--timeout", paramLabel = "DURATION", converter = DurationText.class,
			description = "How long an attempt may run.")
	private @Nullable Duration timeout;

	@Option(names = "--ttl", paramLabel = "DURATION", converter = DurationText.class,
			description = "At which age it expires.")
	private @Nullable Duration timeToLive;

	@Option(names = "--deadline", paramLabel = "INSTANT", converter = InstantText.class,
			description = "When it expires.")
	private @Nullable Instant deadline;

	@Option(names = "--delivery", paramLabel = "MODE", description = "at-least-once or at-most-once.")
	private @Nullable String delivery;

	@Option(names = "--durability", paramLabel = "LEVEL", description = "standard, relaxed or replicated(1, 5s).")
	private @Nullable String durability;

	JobOptions over(JobOptions lower) {
		JobOptions options = lower;
		options = (this.maxAttempts != null) ? options.maxAttempts(this.maxAttempts) : options;
		options = (this.maxCrashes != null) ? options.maxCrashes(this.maxCrashes) : options;
		options = (this.retry != null) ? options.retry(this.retry) : options;
		options = (this.lease != null) ? options.lease(this.lease) : options;
		options = (this.timeout != null) ? options.timeout(this.timeout) : options;
		options = (this.timeToLive != null) ? options.timeToLive(this.timeToLive) : options;
		options = (this.deadline != null) ? options.deadline(this.deadline) : options;
		options = (this.delivery != null) ? options.delivery(Choice.of(DeliveryMode.class, "--delivery", this.delivery))
				: options;
		return (this.durability != null) ? options.durability(OptionText.durability(this.durability)) : options;
	}

}
