package dev.q.boot;

import dev.q.ports.EngineClock;
import dev.q.ports.SystemClock;
import dev.q.store.JobStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnStore(StoreType.MEMORY)
@ConditionalOnMissingBean(JobStore.class)
class MemoryStoreConfiguration {

	@Bean
	MemoryStore jobStore(QProperties properties, EngineClock clock) {
		QProperties.Memory memory = properties.memory();
		MemorySettings settings = new MemorySettings(memory.capacity(), memory.offerTimeout());
		return new MemoryStore(settings, clock, (clock instanceof SystemClock system) ? system.steady() : clock);
	}

}
