package dev.q.boot;

import java.time.Duration;

import dev.q.attempt.HandlerRunner;
import dev.q.retry.FailurePolicy;
import dev.q.retry.RetryPolicies;
import dev.q.spring.JobEngineLifecycle;
import dev.q.spring.RecurringJobs;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "q.worker.enabled", matchIfMissing = true)
@Import({ JobEngineFactory.class, HandlerRunnerFactory.class, EngineSettingsFactory.class, EngineReadiness.class,
		RetryProperties.class, RecurringJobsFactory.class })
class JobEngineConfiguration {

	@Bean("qFailurePolicy")
	@ConditionalOnMissingBean
	FailurePolicy failurePolicy(RetryPolicies policies, QProperties properties) {
		return new FailurePolicy(policies, RetryProperties.fallback(policies, properties),
				properties.worker().unknownTypeTimeout());
	}

	@Bean("qHandlerRunner")
	@ConditionalOnMissingBean
	HandlerRunner handlerRunner(HandlerRunnerFactory runners, FailurePolicy failures) {
		return runners.runner(failures);
	}

	@Bean("qJobEngineLifecycle")
	@ConditionalOnMissingBean
	JobEngineLifecycle jobEngineLifecycle(JobEngineFactory engines, QProperties properties, Environment environment) {
		Duration timeout = ShutdownPhase.of(environment).shutdownTimeout(properties.worker().shutdownTimeout());
		return new JobEngineLifecycle(() -> engines.engine(timeout));
	}

	@Bean("qRecurringJobs")
	@ConditionalOnMissingBean
	RecurringJobs recurringJobs(RecurringJobsFactory recurring) {
		return recurring.recurringJobs();
	}

}
