package dev.q.client;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import dev.q.JobOption;
import dev.q.TransactionMode;
import dev.q.job.DeliveryMode;
import dev.q.job.Durability;
import dev.q.job.JobLimits;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey;
import dev.q.store.JobStore;
import dev.q.store.StoreCapability;
import org.jspecify.annotations.Nullable;

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
	 * Looks for what a job asks for and cannot have.
	 * @param terms what it asks for
	 * @return the first such option, or null if it can have all
	 */
	@Nullable Missing missing(Terms terms) {
		return this.held.apply(terms.queue()).missingHere(terms);
	}

	private @Nullable Missing missingHere(Terms terms) {
		Missing missing = missingPromise(terms);
		UniqueKey key = terms.unique();
		UniqueKey.ByPayload rule = terms.byPayload();
		if (missing == null && key != null) {
			missing = missingOfKey(JobOption.UNIQUE, key.scope(), key.conflict());
		}
		else if (missing == null && rule != null) {
			missing = missingOfKey(JobOption.UNIQUE_BY_PAYLOAD, rule.scope(), rule.conflict());
		}
		return missing;
	}

	private @Nullable Missing missingPromise(Terms terms) {
		JobLimits limits = terms.limits();
		if (limits.timeToLive() != null && lacks(StoreCapability.EXPIRY)) {
			return missing(JobOption.TIME_TO_LIVE, "timeToLive", StoreCapability.EXPIRY);
		}
		if (limits.deadline() != null && lacks(StoreCapability.EXPIRY)) {
			return missing(JobOption.DEADLINE, "deadline", StoreCapability.EXPIRY);
		}
		if (terms.delivery() == DeliveryMode.AT_MOST_ONCE && lacks(StoreCapability.AT_MOST_ONCE)) {
			return missing(JobOption.DELIVERY, "delivery AT_MOST_ONCE", StoreCapability.AT_MOST_ONCE);
		}
		if (terms.durability() instanceof Durability.Relaxed && lacks(StoreCapability.RELAXED_DURABILITY)) {
			return missing(JobOption.DURABILITY, "durability RELAXED", StoreCapability.RELAXED_DURABILITY);
		}
		if (terms.durability() instanceof Durability.Replicated && lacks(StoreCapability.REPLICATED_DURABILITY)) {
			return missing(JobOption.DURABILITY, "durability REPLICATED", StoreCapability.REPLICATED_DURABILITY);
		}
		return (terms.transaction() == TransactionMode.JOIN && lacks(StoreCapability.TRANSACTIONAL_ENQUEUE))
				? missing(JobOption.TRANSACTION, "transaction JOIN", StoreCapability.TRANSACTIONAL_ENQUEUE) : null;
	}

	private @Nullable Missing missingOfKey(JobOption<?> option, UniqueKey.Scope scope, UniqueKey.Conflict conflict) {
		if (!(scope instanceof UniqueKey.Scope.UntilDone) && lacks(StoreCapability.UNIQUE_SCOPES)) {
			return missing(option, "unique scope " + scope.getClass().getSimpleName(), StoreCapability.UNIQUE_SCOPES);
		}
		boolean updates = conflict != UniqueKey.Conflict.RETURN_EXISTING && conflict != UniqueKey.Conflict.THROW;
		return (updates && lacks(StoreCapability.UNIQUE_UPDATES))
				? missing(option, "unique conflict " + conflict, StoreCapability.UNIQUE_UPDATES) : null;
	}

	private boolean lacks(StoreCapability capability) {
		return !this.capabilities.contains(capability);
	}

	private Missing missing(JobOption<?> option, String value, StoreCapability capability) {
		return new Missing(option, value,
				"Store %s lacks the capability %s. Leave the option out, or use a store that has it"
					.formatted(this.store, capability));
	}

	/**
	 * An option that cannot be granted.
	 *
	 * @param option which one
	 * @param value what was asked for, for people
	 * @param remedy why it cannot be had, and what can be done
	 */
	record Missing(JobOption<?> option, String value, String remedy) {
	}

}
