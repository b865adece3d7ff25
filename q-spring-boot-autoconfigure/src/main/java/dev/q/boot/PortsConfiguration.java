package dev.q.boot;

import dev.q.engine.EnginePorts;
import dev.q.loop.EngineThreads;
import dev.q.loop.PlatformThreads;
import dev.q.loop.ThreadPerJob;
import dev.q.ports.EngineClock;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.VirtualThreadTaskExecutor;

@Configuration(proxyBeanMethods = false)
class PortsConfiguration {

	@Bean("qEngineClock")
	@ConditionalOnMissingBean(EngineClock.class)
	SystemClock engineClock() {
		return new SystemClock();
	}

	@Bean("qEngineThreads")
	@ConditionalOnThreading(Threading.PLATFORM)
	@ConditionalOnMissingBean(EngineThreads.class)
	PlatformThreads platformThreads() {
		return new PlatformThreads();
	}

	@Bean("qEngineThreads")
	@ConditionalOnThreading(Threading.VIRTUAL)
	@ConditionalOnMissingBean(EngineThreads.class)
	ThreadPerJob virtualThreads() {
		return new ThreadPerJob((prefix) -> new VirtualThreadTaskExecutor(prefix).getVirtualThreadFactory());
	}

	@Bean("qEnginePorts")
	@ConditionalOnMissingBean
	EnginePorts enginePorts(EngineClock clock, EngineThreads threads) {
		return new EnginePorts(clock, threads, new SharedRandom());
	}

}
