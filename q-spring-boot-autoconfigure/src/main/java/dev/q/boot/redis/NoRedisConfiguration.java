package dev.q.boot.redis;

import dev.q.store.JobStore;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Says what is missing, where an application would only hear that it has no store.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(JobStore.class)
class NoRedisConfiguration {

	@Bean("qJobStore")
	JobStore jobStore() {
		throw new RedisSetupException(
				"Jobs are to be kept on Redis (q.store=redis), but Spring Data Redis or Lettuce is not on the class path",
				"Add the dependency org.springframework.boot:spring-boot-starter-data-redis, or set q.store to another store");
	}

}
