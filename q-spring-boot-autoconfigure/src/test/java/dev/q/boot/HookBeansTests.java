package dev.q.boot;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.q.JobHandler;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.PermanentJobException;
import dev.q.admin.JobAdmin;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.event.JobFailureListener;
import dev.q.hook.EnqueueInterceptor;
import dev.q.hook.JobInterceptor;
import dev.q.job.DeadReason;
import dev.q.job.QueueName;
import dev.q.result.JobResult;
import dev.q.store.PauseMode;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hooks and listeners of an application, and results of its jobs.
 */
class HookBeansTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class))
		.withUserConfiguration(Hooked.class)
		.withPropertyValues("q.memory.warn-of-loss=false");

	@Test
	void beansStandAroundJobsInTheirOrder() {
		this.runner.run((context) -> {
			JobTemplate jobs = context.getBean(JobTemplate.class);

			JobReceipt receipt = jobs.enqueue("greet", "Ada");

			assertThat(jobs.await(receipt, String.class, PATIENCE))
				.isEqualTo(new JobResult.Succeeded<>("outer(inner(Hello Ada))", null));
			assertThat(jobs.find(receipt).orElseThrow().job().spec().headers()).containsEntry("by", "first, second");
		});
	}

	@Test
	void aFailureIsToldToListenersWithWhatWasThrown() {
		this.runner.run((context) -> {
			JobTemplate jobs = context.getBean(JobTemplate.class);

			JobReceipt receipt = jobs.enqueueAsync(JobRequest.of("greet", "nobody")).get(20, TimeUnit.SECONDS);

			assertThat(context.getBean(Hooked.class).failures.poll(20, TimeUnit.SECONDS))
				.isEqualTo(receipt.id() + " nobody is there false");
			assertThat(jobs.result(receipt.id(), String.class)).isInstanceOfSatisfying(JobResult.Failed.class,
					(failed) -> assertThat(failed.reason()).isEqualTo(DeadReason.PERMANENT));
		});
	}

	@Test
	void eventsArePublishedOnlyIfAskedFor() {
		this.runner.run((context) -> {
			JobTemplate jobs = context.getBean(JobTemplate.class);
			jobs.await(jobs.enqueue("greet", "Ada"), String.class, PATIENCE);

			assertThat(context.getBean(Hooked.class).events).isEmpty();
			assertThat(context.getBean(JobEvents.class).isSilent()).isTrue();
		});
		this.runner.withPropertyValues("q.events.publish=true").run((context) -> {
			JobReceipt receipt = context.getBean(JobTemplate.class).enqueue("greet", "Ada");

			JobEvent.Succeeded told = context.getBean(Hooked.class).events.poll(20, TimeUnit.SECONDS);

			assertThat(told).isNotNull();
			assertThat(told.id()).isEqualTo(receipt.id());
		});
	}

	@Test
	void aJobThatIsNotKeptAnswersWhoeverAwaitsIt() {
		this.runner.withPropertyValues("q.retention.succeeded=0s").run((context) -> {
			JobTemplate jobs = context.getBean(JobTemplate.class);
			JobAdmin admin = context.getBean(JobAdmin.class);
			// Whoever asks after the end learns nothing.
			admin.pause(QueueName.DEFAULT, PauseMode.OUT);
			JobReceipt receipt = jobs.enqueue("greet", "Ada");

			CompletableFuture<JobResult<String>> ended = jobs.results()
				.whenEnded(receipt.queue(), receipt.id(), String.class);
			admin.resume(QueueName.DEFAULT);

			assertThat(ended).succeedsWithin(PATIENCE)
				.isEqualTo(new JobResult.Succeeded<>("outer(inner(Hello Ada))", null));
			assertThat(jobs.result(receipt, String.class)).isEqualTo(new JobResult.TrackingDisabled<>());
		});
	}

	@Test
	void resultsAreReadOnceIfAskedFor() {
		this.runner.withPropertyValues("q.results.read-once=true").run((context) -> {
			JobTemplate jobs = context.getBean(JobTemplate.class);
			JobReceipt receipt = jobs.enqueue("greet", "Ada");

			assertThat(jobs.await(receipt, String.class, PATIENCE)).isInstanceOf(JobResult.Succeeded.class);
			assertThat(jobs.result(receipt, String.class)).isEqualTo(new JobResult.NotFound<>());
		});
	}

	@Test
	void whatIsOnItsWayIsStoredBeforeTheApplicationEnds() {
		this.runner.withPropertyValues("q.worker.enabled=false").run((context) -> {
			JobTemplate jobs = context.getBean(JobTemplate.class);
			var receipt = jobs.enqueueAsync(JobRequest.of("greet", "Ada"));
			context.close();

			assertThat(receipt).succeedsWithin(PATIENCE);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Hooked {

		private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

		private final BlockingQueue<JobEvent.Succeeded> events = new LinkedBlockingQueue<>();

		@JobHandler("greet")
		String greet(String name) {
			if (name.equals("nobody")) {
				throw new PermanentJobException("nobody is there");
			}
			return "Hello " + name;
		}

		@EventListener
		void heard(JobEvent.Succeeded event) {
			this.events.add(event);
		}

		@Bean
		@Order(2)
		JobInterceptor inner() {
			return (context, next) -> "inner(" + next.proceed() + ")";
		}

		@Bean
		@Order(1)
		JobInterceptor outer() {
			return (context, next) -> "outer(" + next.proceed() + ")";
		}

		@Bean
		@Order(2)
		EnqueueInterceptor second() {
			return (request) -> request.with((options) -> options.header("by", "first, second"));
		}

		@Bean
		@Order(1)
		EnqueueInterceptor first() {
			return (request) -> request.with((options) -> options.header("by", "first"));
		}

		@Bean
		JobFailureListener failureListener(JobTemplate jobs) {
			return (job, failure, willRetry) -> this.failures
				.add(job.id() + " " + failure.getMessage() + " " + willRetry);
		}

	}

}
