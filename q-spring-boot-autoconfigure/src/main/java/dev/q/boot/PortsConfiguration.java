package dev.q.boot;

import dev.q.engine.EnginePorts;
import dev.q.loop.PlatformThreads;
import dev.q.ports.EngineClock;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PortsConfiguration {

	@Bean("qEngineClock")
	@ConditionalOnMissingBean(EngineClock.class)
	SystemClock engineClock() {
		return new SystemClock();
	}

	@Bean("qEnginePorts")
	@ConditionalOnMissingBean
	EnginePorts enginePorts(EngineClock clock) {
		return new EnginePorts(clock, new PlatformThreads(), new SharedRandom());
	}

}
