package dev.q.store.memory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.q.job.WorkerId;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wants to be told. A listener that throws disturbs nobody: it is named in the log
 * the first time, and told again the next time.
 */
final class Signals {

	private static final Logger logger = LoggerFactory.getLogger(Signals.class);

	private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

	Subscription subscribe(WorkerId worker, StoreListener listener) {
		Subscriber subscriber = new Subscriber(worker, listener, new AtomicBoolean());
		this.subscribers.add(subscriber);
		return () -> this.subscribers.remove(subscriber);
	}

	void tell(Consumer<StoreListener> signal) {
		for (Subscriber subscriber : this.subscribers) {
			subscriber.tell(signal);
		}
	}

	/**
	 * One subscription. Equal to no other, because no two share a flag.
	 */
	private record Subscriber(WorkerId worker, StoreListener listener, AtomicBoolean hasThrown) {

		void tell(Consumer<StoreListener> signal) {
			try {
				signal.accept(this.listener);
			}
			catch (RuntimeException ex) {
				if (this.hasThrown.compareAndSet(false, true)) {
					logger.warn("The listener of worker {} threw. The store goes on, and logs no further one of it",
							this.worker, ex);
				}
			}
		}

	}

}
