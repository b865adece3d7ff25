package dev.q.client;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.q.TransactionMode;
import dev.q.UnsupportedJobOptionException;
import dev.q.job.DeliveryMode;
import dev.q.job.Durability;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey;
import dev.q.store.JobStore;
import dev.q.store.StoreCapability;

/**
 * What can be granted. An option that the store or this version cannot honour is refused
 * before anything is stored; none is ever ignored.
 */
final class Grants {

	private final String store;

	private final Set<StoreCapability> capabilities;

	private final Function<QueueName, Grants> held;

	Grants(JobStore store) {
		this.store = store.name();
		this.capabilities = Set.copyOf(store.capabilities());
		Map<JobStore, Grants> others = new ConcurrentHashMap<>();
		this.held = (queue) -> {
			JobStore holder = store.storeOf(queue);
			return holder.equals(store) ? this : others.computeIfAbsent(holder, Grants::new);
		};
	}

	/**
	 * Checks what a job asks for.
	 * @param job its id, for the message
	 * @param terms what it asks for
	 * @throws UnsupportedJobOptionException if some of it cannot be had
	 */
	void require(JobId job, Terms terms) {
		this.held.apply(terms.queue()).requireHere(job, terms);
	}

	private void requireHere(JobId job, Terms terms) {
		requireLimits(job, terms.limits());
		if (terms.delivery() == DeliveryMode.AT_MOST_ONCE) {
			require(job, "delivery AT_MOST_ONCE", StoreCapability.AT_MOST_ONCE);
		}
		if (terms.durability() instanceof Durability.Relaxed) {
			require(job, "durability RELAXED", StoreCapability.RELAXED_DURABILITY);
		}
		if (terms.durability() instanceof Durability.Replicated) {
			require(job, "durability REPLICATED", StoreCapability.REPLICATED_DURABILITY);
		}
		if (terms.transaction() == TransactionMode.JOIN) {
			require(job, "transaction JOIN", StoreCapability.TRANSACTIONAL_ENQUEUE);
		}
		UniqueKey key = terms.unique();
		UniqueKey.ByPayload rule = terms.byPayload();
		if (key != null) {
			requireKey(job, key.scope(), key.conflict());
		}
		else if (rule != null) {
			requireKey(job, rule.scope(), rule.conflict());
		}
	}

	private void requireLimits(JobId job, JobLimits limits) {
		if (limits.timeToLive() != null) {
			require(job, "timeToLive", StoreCapability.EXPIRY);
		}
		if (limits.deadline() != null) {
			require(job, "deadline", StoreCapability.EXPIRY);
		}
	}

	private void requireKey(JobId job, UniqueKey.Scope scope, UniqueKey.Conflict conflict) {
		if (!(scope instanceof UniqueKey.Scope.UntilDone)) {
			require(job, "unique scope " + scope.getClass().getSimpleName(), StoreCapability.UNIQUE_SCOPES);
		}
		if (conflict != UniqueKey.Conflict.RETURN_EXISTING && conflict != UniqueKey.Conflict.THROW) {
			require(job, "unique conflict " + conflict, StoreCapability.UNIQUE_UPDATES);
		}
	}

	private void require(JobId job, String option, StoreCapability capability) {
		if (!this.capabilities.contains(capability)) {
			throw new UnsupportedJobOptionException(job, option,
					"Store %s lacks the capability %s. Leave the option out, or use a store that has it"
						.formatted(this.store, capability));
		}
	}

}
