package dev.q.boot.stores;

import java.util.Map;

import dev.q.boot.InvalidQPropertyException;
import dev.q.boot.MemoryProperties;
import dev.q.boot.NamedStoreProperties;
import dev.q.boot.QueueProperties;
import dev.q.boot.StoreType;
import dev.q.ports.EngineClock;
import dev.q.ports.SystemClock;
import dev.q.store.JobStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes stores in memory.
 */
final class MemoryStoreFactory implements NamedStoreFactory {

	private static final Logger logger = LoggerFactory.getLogger(MemoryStoreFactory.class);

	private final Map<String, QueueProperties> queues;

	private final EngineClock clock;

	MemoryStoreFactory(Map<String, QueueProperties> queues, EngineClock clock) {
		this.queues = queues;
		this.clock = clock;
	}

	@Override
	public StoreType type() {
		return StoreType.MEMORY;
	}

	@Override
	public JobStore make(NamedStoreProperties properties) {
		MemoryProperties memory = properties.memory();
		properties.queues().forEach((queue) -> requireRoom(queue, memory.capacity()));
		if (memory.warnOfLoss()) {
			logger
				.warn("Jobs of the queues {} are kept in the memory of this process: those that have not ended when it"
						+ " ends are lost. If that is as it should be, set memory.warn-of-loss=false for their store",
						properties.queues());
		}
		MemorySettings settings = new MemorySettings(memory.capacity(), memory.offerTimeout());
		return new MemoryStore(settings, this.clock,
				(this.clock instanceof SystemClock system) ? system.steady() : this.clock);
	}

	private void requireRoom(String name, int capacity) {
		QueueProperties queue = this.queues.get(name);
		Integer maxLength = (queue != null) ? queue.maxLength() : null;
		if (maxLength != null && maxLength > capacity) {
			throw new InvalidQPropertyException("q.queues.%s.max-length".formatted(name), maxLength,
					"Its store in memory has room for %d jobs in a queue. Set it to at most that, or raise memory.capacity of that store"
						.formatted(capacity));
		}
	}

}
