package dev.q.store.routing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

import dev.q.store.JobStore;
import dev.q.store.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The subscriptions to all stores. A store that was away when somebody subscribed is
 * subscribed to when it is back.
 */
final class Ears {

	private static final Logger logger = LoggerFactory.getLogger(RoutingJobStore.class);

	private final List<RoutedSubscription> open = new CopyOnWriteArrayList<>();

	/**
	 * Subscribes to all that answer.
	 * @param lookAnew tells who hears that one of them is heard only now
	 * @throws dev.q.store.StoreException if none does
	 */
	Subscription open(Branches all, Function<JobStore, Subscription> subscribing, Runnable lookAnew) {
		RoutedSubscription subscription = new RoutedSubscription(subscribing, lookAnew, this.open::remove);
		this.open.add(subscription);
		try {
			RuntimeException failure = all.ask(all.all(), (branch) -> {
				subscription.connect(branch);
				return branch;
			}, (branch) -> {
			});
			if (failure != null && !subscription.isConnected()) {
				throw failure;
			}
			return subscription;
		}
		catch (RuntimeException ex) {
			subscription.close();
			throw ex;
		}
	}

	/** A store is back: whoever could not subscribe to it does now. */
	void connect(Branch branch) {
		for (RoutedSubscription subscription : this.open) {
			try {
				subscription.connectLate(branch);
			}
			catch (RuntimeException ex) {
				logger.debug("Store {} is away again: its signals are not heard yet", branch, ex);
			}
		}
	}

}
