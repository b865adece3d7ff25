package dev.q.boot;

import dev.q.JobRetryPolicy;
import dev.q.retry.RetryPolicies;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Reads the retry policies of the properties at start, so that a misspelt one does not
 * wait for the first failure. Only workers do: who only enqueues may lack the beans. They
 * may name beans, so the properties cannot check them by themselves.
 */
final class RetryProperties implements SmartInitializingSingleton {

	private final RetryPolicies policies;

	private final QProperties properties;

	RetryProperties(RetryPolicies policies, QProperties properties) {
		this.policies = policies;
		this.properties = properties;
	}

	static JobRetryPolicy fallback(RetryPolicies policies, QProperties properties) {
		return parse(policies, "q.retry.policy", properties.retry().policy());
	}

	@Override
	public void afterSingletonsInstantiated() {
		fallback(this.policies, this.properties);
		this.properties.queues().forEach((name, queue) -> {
			if (queue.retry() != null) {
				parse(this.policies, "q.queues.%s.retry".formatted(name), queue.retry());
			}
		});
	}

	private static JobRetryPolicy parse(RetryPolicies policies, String property, String text) {
		try {
			return policies.parse(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidQPropertyException(property, text, String.valueOf(ex.getMessage()));
		}
	}

}
