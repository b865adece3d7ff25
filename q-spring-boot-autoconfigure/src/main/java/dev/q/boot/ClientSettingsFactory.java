package dev.q.boot;

import java.util.Map;
import java.util.stream.Collectors;

import dev.q.JobOptions;
import dev.q.client.ClientSettings;
import dev.q.client.result.ResultSettings;
import dev.q.job.QueueName;

import org.springframework.boot.context.properties.PropertyMapper;

/**
 * Reads what the properties say of all who enqueue.
 *
 * @since 0.1
 */
public final class ClientSettingsFactory {

	private ClientSettingsFactory() {
	}

	/**
	 * What holds for all jobs, and for those of single queues.
	 * @param properties the properties
	 * @return the settings
	 */
	public static ClientSettings of(QProperties properties) {
		QProperties.Retry retry = properties.retry();
		JobOptions defaults = PropertyMapper.get()
			.from(properties::transaction)
			.to(JobOptions.NONE.maxAttempts(retry.maxAttempts()).maxCrashes(retry.maxCrashes()),
					JobOptions::transaction);
		Map<QueueName, JobOptions> queues = properties.queues()
			.entrySet()
			.stream()
			.collect(Collectors.toMap((entry) -> new QueueName(entry.getKey()), (entry) -> entry.getValue().options()));
		return new ClientSettings(properties.defaults().over(defaults), queues,
				Math.toIntExact(properties.maxPayload().toBytes()))
			.withResults(
					new ResultSettings(EngineSettingsFactory.retention(properties), properties.results().readOnce()));
	}

}
