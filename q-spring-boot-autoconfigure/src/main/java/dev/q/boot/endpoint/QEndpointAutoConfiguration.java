package dev.q.boot.endpoint;

import dev.q.admin.JobAdmin;
import dev.q.admin.ScheduleAdmin;
import dev.q.boot.audit.QAuditAutoConfiguration;
import dev.q.store.JobStore;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the endpoint {@code q}. Boot exposes it over HTTP only if
 * {@code management.endpoints.web.exposure.include} names it, and lets it change things
 * only if {@code management.endpoint.q.access} is {@code unrestricted}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = QAuditAutoConfiguration.class)
@ConditionalOnClass({ WebEndpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(ScheduleAdmin.class)
@ConditionalOnAvailableEndpoint(QEndpoint.class)
@EnableConfigurationProperties(QEndpointProperties.class)
public final class QEndpointAutoConfiguration {

	@Bean("qEndpoint")
	@ConditionalOnMissingBean
	QEndpoint endpoint(JobStore store, JobAdmin admin, ScheduleAdmin schedules, QEndpointProperties properties) {
		return new QEndpoint(new Looks(store, admin, schedules), new Acts(admin, schedules), properties);
	}

}
