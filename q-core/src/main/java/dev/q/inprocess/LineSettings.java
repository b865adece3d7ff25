package dev.q.inprocess;

import java.time.Duration;

import dev.q.QueueClosedException;
import dev.q.job.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * How a line works, and what it says to whom it cannot serve.
 *
 * @param name what people call it
 * @param slots how many tasks run at once
 * @param capacity how many wait beyond those
 * @param offerTimeout how long a task waits to be let in
 * @param grace how long a stop waits for tasks that it has interrupted
 */
record LineSettings(QueueName name, int slots, int capacity, Duration offerTimeout, Duration grace) {

	/**
	 * How many tasks may be in and not ended.
	 */
	long inHand() {
		return (long) this.slots + this.capacity;
	}

	QueueBusyException full(@Nullable InterruptedException interrupt) {
		String wait = (interrupt != null) ? "the thread was interrupted while it waited for room"
				: "none of them ended within " + this.offerTimeout;
		return new QueueBusyException(
				"Queue %s is full: %d tasks wait or run, and %s. The task was not kept; submit it later, or build the queue with a larger capacity"
					.formatted(this.name, inHand(), wait),
				interrupt);
	}

	QueueBusyException withoutThread(Throwable reason) {
		return new QueueBusyException("Queue %s got no thread for a task. The task was not kept".formatted(this.name),
				reason);
	}

	QueueClosedException closed() {
		return new QueueClosedException(
				"Queue %s takes no tasks: it was stopped, or not started yet. Start it first".formatted(this.name));
	}

}
