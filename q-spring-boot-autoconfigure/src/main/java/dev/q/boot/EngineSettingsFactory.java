package dev.q.boot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.q.JobOption;
import dev.q.engine.EngineSettings;
import dev.q.engine.GroupSettings;
import dev.q.handler.HandlerRegistry;
import dev.q.job.QueueName;
import dev.q.store.Retention;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;

/**
 * Reads the settings of the worker from the properties and the customizers, once all
 * handlers are known.
 */
final class EngineSettingsFactory {

	private static final int JOBS_PER_PROCESSOR = 2;

	private static final int JOBS_ON_VIRTUAL_THREADS = 50;

	private final QProperties properties;

	private final Environment environment;

	private final Supplier<HandlerRegistry> handlers;

	private final ObjectProvider<JobEngineCustomizer> customizers;

	EngineSettingsFactory(QProperties properties, Environment environment, Supplier<HandlerRegistry> handlers,
			ObjectProvider<JobEngineCustomizer> customizers) {
		this.properties = properties;
		this.environment = environment;
		this.handlers = handlers;
		this.customizers = customizers;
	}

	/**
	 * Reads the settings.
	 * @param shutdownTimeout how long jobs may go on running when the worker stops
	 * @return the settings, or nothing if there is no queue to work
	 */
	Optional<EngineSettings> settings(Duration shutdownTimeout) {
		List<GroupSettings> groups = new WorkerGroups(this.properties.worker(), defaultConcurrency())
			.of(queuesOfHandlers());
		Set<QueueName> exclusive = exclusiveQueues();
		EngineSettings settings = settings(groups.stream().map((group) -> group.withExclusive(exclusive)).toList(),
				shutdownTimeout);
		for (JobEngineCustomizer customizer : this.customizers.orderedStream().toList()) {
			settings = customizer.customize(settings);
		}
		return settings.groups().isEmpty() ? Optional.empty() : Optional.of(settings);
	}

	private List<QueueName> queuesOfHandlers() {
		return this.handlers.get()
			.definitions()
			.stream()
			.map((handler) -> handler.options().get(JobOption.QUEUE).orElse(QueueName.DEFAULT))
			.distinct()
			.sorted()
			.toList();
	}

	private Set<QueueName> exclusiveQueues() {
		return this.properties.queues()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().exclusive())
			.map((entry) -> new QueueName(entry.getKey()))
			.collect(Collectors.toSet());
	}

	private int defaultConcurrency() {
		return Threading.VIRTUAL.isActive(this.environment) ? JOBS_ON_VIRTUAL_THREADS
				: JOBS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
	}

	private EngineSettings settings(List<GroupSettings> groups, Duration shutdownTimeout) {
		QProperties.Worker worker = this.properties.worker();
		return new EngineSettings(groups, worker.lease(), worker.pollInterval(), worker.maintenanceInterval(),
				worker.timeoutGrace(), worker.maxAbandonedThreads(), shutdownTimeout, retention(this.properties));
	}

	static Retention retention(QProperties properties) {
		QProperties.Retention retention = properties.retention();
		return new Retention(retention.succeeded(), retention.succeededPerQueue(), retention.cancelled(),
				retention.expired(), retention.dead());
	}

}
