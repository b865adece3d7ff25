package dev.q.boot;

import java.util.Map;

import dev.q.JobRetryPolicy;
import dev.q.JobTemplate;
import dev.q.admin.JobAdmin;
import dev.q.admin.audit.AuditTrail;
import dev.q.client.CallerTransaction;
import dev.q.engine.EnginePorts;
import dev.q.event.JobEvents;
import dev.q.event.JobFailureListener;
import dev.q.event.JobListener;
import dev.q.handler.HandlerScanner;
import dev.q.retry.RetryPolicies;
import dev.q.schedule.Schedules;
import dev.q.spring.DeferredJobTemplate;
import dev.q.spring.DeferredSchedules;
import dev.q.spring.JobEngineLifecycle;
import dev.q.spring.JobHandlerBeans;
import dev.q.spring.PublishedJobEvents;
import dev.q.store.JobStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

@Configuration(proxyBeanMethods = false)
@Import({ JobTemplateFactory.class, JobTemplateFactory.Hooks.class })
class JobTemplateConfiguration {

	@Bean("qRetryPolicies")
	@ConditionalOnMissingBean
	RetryPolicies retryPolicies(Map<String, JobRetryPolicy> policies, EnginePorts ports) {
		return new RetryPolicies(policies, ports.random());
	}

	/**
	 * Asks for the policies once all beans are there: a policy may inject the template.
	 */
	@Bean("qJobHandlerBeans")
	@ConditionalOnMissingBean
	JobHandlerBeans jobHandlerBeans(ConfigurableListableBeanFactory beans, ObjectProvider<RetryPolicies> policies,
			QProperties properties) {
		return new JobHandlerBeans(beans,
				() -> new HandlerScanner(policies.getObject(), HandlerProperties.concurrency(properties.handlers())));
	}

	/** Asks for the handlers, so it comes after them. Nobody asks for it. */
	@Lazy(false)
	@Bean("qOptionCheck")
	SmartInitializingSingleton optionCheck(JobTemplateFactory templates, JobHandlerBeans handlers,
			QProperties properties) {
		return () -> {
			templates.requireSound();
			HandlerProperties.warnOfUnknown(properties.handlers(), handlers.get());
		};
	}

	@Bean("qJobEvents")
	@ConditionalOnMissingBean
	JobEvents jobEvents(ObjectProvider<JobListener> listeners, ObjectProvider<JobFailureListener> ofFailures) {
		return new JobEvents(listeners.orderedStream().toList(), ofFailures.orderedStream().toList());
	}

	@Bean("qPublishedJobEvents")
	@ConditionalOnBooleanProperty("q.events.publish")
	PublishedJobEvents publishedJobEvents(ApplicationEventPublisher publisher) {
		return new PublishedJobEvents(publisher);
	}

	@Bean("qJobTemplate")
	@ConditionalOnMissingBean(JobTemplate.class)
	DeferredJobTemplate jobTemplate(JobTemplateFactory templates, ObjectProvider<CallerTransaction> transactions,
			ObjectProvider<JobTemplateCustomizer> customizers) {
		CallerTransaction transaction = transactions.getIfAvailable(() -> CallerTransaction.NONE);
		return new DeferredJobTemplate(() -> customized(templates.template(transaction), customizers));
	}

	@Bean("qJobAdmin")
	@ConditionalOnMissingBean
	JobAdmin jobAdmin(JobStore store, QProperties properties, ObjectProvider<AuditTrail> trail, JobEvents events) {
		return new JobAdmin(store, Math.toIntExact(properties.maxPayload().toBytes()),
				trail.getIfAvailable(AuditTrail::logged), events);
	}

	@Bean("qSchedules")
	@ConditionalOnMissingBean(Schedules.class)
	DeferredSchedules schedules(JobTemplateFactory templates, ObjectProvider<JobEngineLifecycle> worker) {
		return new DeferredSchedules(
				() -> templates.schedules(() -> worker.ifAvailable(JobEngineLifecycle::lookAtSchedules)));
	}

	private static JobTemplate customized(JobTemplate template, ObjectProvider<JobTemplateCustomizer> customizers) {
		JobTemplate customized = template;
		for (JobTemplateCustomizer customizer : customizers.orderedStream().toList()) {
			customized = customizer.customize(customized);
		}
		return customized;
	}

}
