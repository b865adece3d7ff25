package dev.q.boot;

import dev.q.ports.EngineClock;
import dev.q.ports.SystemClock;
import dev.q.store.JobStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Profile;

@Configuration(proxyBeanMethods = false)
@ConditionalOnStore(StoreType.MEMORY)
@ConditionalOnMissingBean(JobStore.class)
class MemoryStoreConfiguration {

	@Bean("qJobStore")
	MemoryStore jobStore(QProperties properties, EngineClock clock) {
		MemoryProperties memory = properties.memory();
		properties.queues().forEach((name, queue) -> {
			if (properties.stores().values().stream().noneMatch((other) -> other.queues().contains(name))) {
				requireRoom(name, queue.maxLength(), memory.capacity());
			}
		});
		MemorySettings settings = new MemorySettings(memory.capacity(), memory.offerTimeout());
		return new MemoryStore(settings, clock, (clock instanceof SystemClock system) ? system.steady() : clock);
	}

	/** Nobody asks for it, so lazy initialization would leave it out. */
	@Lazy(false)
	@Bean(name = "qMemoryLoss", initMethod = "announce", destroyMethod = "report")
	@ConditionalOnBooleanProperty(name = "q.memory.warn-of-loss", matchIfMissing = true)
	@Profile("!(dev | test | local)")
	MemoryLoss memoryLoss(MemoryStore store) {
		return new MemoryLoss(store);
	}

	private static void requireRoom(String queue, @Nullable Integer maxLength, int capacity) {
		if (maxLength != null && maxLength > capacity) {
			throw new InvalidQPropertyException("q.queues.%s.max-length".formatted(queue), maxLength,
					"Queues in memory have room for %d jobs. Set it to at most that, or raise q.memory.capacity"
						.formatted(capacity));
		}
	}

}
