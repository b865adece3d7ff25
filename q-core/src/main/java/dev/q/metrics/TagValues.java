package dev.q.metrics;

import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import dev.q.job.QueueName;
import dev.q.job.TypeName;

/**
 * The values of tags, of which there are never many. One object for all meters of a
 * registry, so that a queue has the same name everywhere. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class TagValues {

	/** How many queues have a value of their own. */
	public static final int MOST_QUEUES = 100;

	/** The value of all further queues. */
	public static final String OTHER_QUEUE = "other";

	/** The value of all types that no handler is known for. */
	public static final String UNKNOWN_HANDLER = "unknown";

	private final Predicate<TypeName> known;

	private final ConcurrentMap<QueueName, String> queues = new ConcurrentHashMap<>();

	private final AtomicInteger count = new AtomicInteger();

	/**
	 * Makes the values.
	 * @param known whether a handler of a type is known here. Always asked, so it must
	 * answer at once, and may change its mind
	 */
	public TagValues(Predicate<TypeName> known) {
		this.known = known;
	}

	/**
	 * The value of a queue.
	 * @param queue which queue
	 * @return its name, or {@value #OTHER_QUEUE}
	 */
	String of(QueueName queue) {
		String value = this.queues.get(queue);
		if (value != null) {
			return value;
		}
		if (this.count.get() >= MOST_QUEUES) {
			return OTHER_QUEUE;
		}
		return this.queues.computeIfAbsent(queue, this::next);
	}

	/** Two threads may come for the last place at once. */
	private String next(QueueName queue) {
		return (this.count.incrementAndGet() <= MOST_QUEUES) ? queue.value() : OTHER_QUEUE;
	}

	boolean isKnown(TypeName type) {
		return this.known.test(type);
	}

	static String of(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
