package dev.q.boot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of Q. Each bean steps back for one of the application's own.
 *
 * @since 0.1
 */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@EnableConfigurationProperties(QProperties.class)
@Import({ PortsConfiguration.class, PayloadCodecConfiguration.class, MemoryStoreConfiguration.class,
		CallerTransactionConfiguration.class, JobTemplateConfiguration.class, JobEngineConfiguration.class })
public final class QAutoConfiguration {

}
