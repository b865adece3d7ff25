package dev.q.boot.audit;

import dev.q.admin.JobAdmin;
import dev.q.admin.ScheduleAdmin;
import dev.q.admin.audit.AuditListener;
import dev.q.admin.audit.AuditPrincipal;
import dev.q.admin.audit.AuditTrail;
import dev.q.admin.audit.LoggedActs;
import dev.q.boot.QAutoConfiguration;
import dev.q.ports.EngineClock;
import dev.q.schedule.Schedules;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the audit: beans of type {@link AuditListener} are told of each
 * act of {@link JobAdmin}; one of them writes the log, and one tells Boot's audit if that
 * is there. A bean of type {@link AuditPrincipal} says who acts.
 *
 * @since 0.1
 */
@AutoConfiguration(after = QAutoConfiguration.class)
@ConditionalOnBean(JobAdmin.class)
public final class QAuditAutoConfiguration {

	@Bean("qAuditTrail")
	@ConditionalOnMissingBean
	AuditTrail auditTrail(ObjectProvider<AuditListener> listeners, ObjectProvider<AuditPrincipal> principal,
			EngineClock clock) {
		return new AuditTrail(listeners.orderedStream().toList(),
				principal.getIfAvailable(() -> AuditPrincipal.UNKNOWN), clock);
	}

	@Bean("qLoggedActs")
	@ConditionalOnMissingBean
	LoggedActs loggedActs() {
		return new LoggedActs();
	}

	@Bean("qScheduleAdmin")
	@ConditionalOnMissingBean
	ScheduleAdmin scheduleAdmin(Schedules schedules, AuditTrail trail) {
		return new ScheduleAdmin(schedules, trail);
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(AuditApplicationEvent.class)
	static class BootAudit {

		@Bean("qPublishedActs")
		@ConditionalOnMissingBean
		PublishedActs publishedActs(ApplicationEventPublisher publisher) {
			return new PublishedActs(publisher);
		}

	}

}
