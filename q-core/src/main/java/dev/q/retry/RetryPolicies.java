package dev.q.retry;

import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

import dev.q.JobRetryPolicy;
import dev.q.job.Names;

/**
 * The retry policies of an application: those that come with Q and those of its own. Safe
 * for use by many threads.
 *
 * @since 0.1
 */
public final class RetryPolicies {

	/** Texts come with stored jobs, so they must not fill the memory. */
	private static final int MAX_REMEMBERED = 1000;

	private static final String SIDEKIQ = "sidekiq";

	private static final String FORMS = "sidekiq, fixed(200ms), linear(30s), exponential(1s, 2, 1h, 0.2)";

	private final Map<String, JobRetryPolicy> named;

	private final RandomGenerator random;

	private final JobRetryPolicy sidekiq;

	private final Map<String, JobRetryPolicy> remembered = new ConcurrentHashMap<>();

	/**
	 * Collects the policies.
	 * @param named the application's own, by the name that is written in their place
	 * @param random where jitter comes from. Must be safe for use by many threads, as
	 * {@link java.util.Random} and {@link java.security.SecureRandom} are;
	 * {@link java.util.SplittableRandom} and most of what {@link RandomGenerator#of}
	 * makes are not
	 * @throws IllegalArgumentException if one of the names is {@code sidekiq}
	 */
	public RetryPolicies(Map<String, JobRetryPolicy> named, RandomGenerator random) {
		if (named.containsKey(SIDEKIQ)) {
			throw new IllegalArgumentException(
					"A retry policy is named sidekiq, but that is one of Q's own. Give it another name");
		}
		this.named = Map.copyOf(named);
		this.random = random;
		this.sidekiq = new SidekiqBackoff(random);
	}

	/**
	 * The policy of jobs for which nobody says anything.
	 * @return the curve of Sidekiq: from 15 seconds to days, 20 days for 25 attempts
	 */
	public JobRetryPolicy standard() {
		return this.sidekiq;
	}

	/**
	 * Finds the policy that a text means. Factor, longest delay and jitter of
	 * {@code exponential} may be left out from the end; they are 2, 1 h and 0.2 then.
	 * @param text {@code sidekiq}, {@code fixed(200ms)}, {@code linear(30s)},
	 * {@code exponential(1s, 2, 1h, 0.2)}, or the name of one of the application's own
	 * @return the policy
	 * @throws IllegalArgumentException if the text means none; the message lists what is
	 * known
	 */
	public JobRetryPolicy parse(String text) {
		JobRetryPolicy known = this.named.get(text);
		return (known != null) ? known : Objects.requireNonNullElseGet(this.remembered.get(text), () -> remember(text));
	}

	private JobRetryPolicy remember(String text) {
		JobRetryPolicy policy = read(text);
		if (this.remembered.size() < MAX_REMEMBERED) {
			this.remembered.put(text, policy);
		}
		return policy;
	}

	private JobRetryPolicy read(String text) {
		PolicyText call = PolicyText.of(text);
		if (call.word().equals(SIDEKIQ) && call.has(0, 0)) {
			return this.sidekiq;
		}
		try {
			if (call.word().equals("fixed") && call.has(1, 1)) {
				return new FixedBackoff(DurationText.parse(call.argument(0, "")));
			}
			if (call.word().equals("linear") && call.has(1, 1)) {
				return new LinearBackoff(DurationText.parse(call.argument(0, "")));
			}
			if (call.word().equals("exponential") && call.has(1, 4)) {
				return exponential(call);
			}
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"The retry policy " + Names.quoted(text) + " cannot be read: " + ex.getMessage(), ex);
		}
		throw new IllegalArgumentException(
				"There is no retry policy %s. Known are %s%s".formatted(Names.quoted(text), FORMS, ownNames()));
	}

	private JobRetryPolicy exponential(PolicyText call) {
		return new ExponentialBackoff(DurationText.parse(call.argument(0, "")), number("factor", call.argument(1, "2")),
				DurationText.parse(call.argument(2, "1h")), number("jitter", call.argument(3, "0.2")), this.random);
	}

	private static double number(String what, String text) {
		try {
			return Double.parseDouble(text);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("the " + what + " is no number", ex);
		}
	}

	private String ownNames() {
		return this.named.isEmpty() ? "; the application has none of its own"
				: ", and of the application " + String.join(", ", new TreeSet<>(this.named.keySet()));
	}

}
