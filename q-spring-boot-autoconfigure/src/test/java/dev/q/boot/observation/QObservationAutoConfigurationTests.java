package dev.q.boot.observation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.JobOutcome;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.boot.QAutoConfiguration;
import dev.q.event.JobEvent;
import dev.q.event.JobListener;
import dev.q.observation.ObservationInterceptor;
import dev.q.observation.ProcessContext;
import dev.q.observation.UsualProcessConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class QObservationAutoConfigurationTests {

	private final ApplicationContextRunner plain = new ApplicationContextRunner()
		.withPropertyValues("q.memory.warn-of-loss=false", "management.tracing.sampling.probability=1")
		.withUserConfiguration(Worker.class)
		.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class, QAutoConfiguration.class,
				QObservationAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.plain.withUserConfiguration(Spans.class)
		.withConfiguration(AutoConfigurations.of(OpenTelemetrySdkAutoConfiguration.class,
				OpenTelemetryTracingAutoConfiguration.class, MicrometerTracingAutoConfiguration.class));

	@Test
	void theHandlerIsAChildOfTheCallThatEnqueued() {
		this.runner.run((context) -> {
			Observation.start("request", context.getBean(ObservationRegistry.class))
				.observe(() -> context.getBean(JobTemplate.class).enqueue("greet", null));
			worker(context).await(1);

			SpanData request = span(context, "request");
			SpanData enqueue = span(context, "greet enqueue");
			SpanData process = span(context, "greet process");
			assertThat(List.of(enqueue, process)).extracting(SpanData::getTraceId).containsOnly(request.getTraceId());
			assertThat(enqueue.getParentSpanId()).isEqualTo(request.getSpanId());
			assertThat(process.getParentSpanId()).isEqualTo(enqueue.getSpanId());
			assertThat(enqueue.getKind()).isEqualTo(SpanKind.PRODUCER);
			assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
			assertThat(attribute(enqueue, "q.status")).isEqualTo("stored");
			assertThat(attribute(process, "q.outcome")).isEqualTo("done");
			assertThat(attribute(process, "q.job")).isEqualTo(attribute(enqueue, "q.job"));
		});
	}

	@Test
	void allJobsOfACallCarryItsContext() {
		this.runner.run((context) -> {
			context.getBean(JobTemplate.class)
				.enqueueAll(List.of(JobRequest.of("greet", null), JobRequest.of("greet", null)));
			worker(context).await(2);

			SpanData enqueue = span(context, "greet enqueue");
			assertThat(spans(context, "greet process")).hasSize(2)
				.allMatch((process) -> process.getParentSpanId().equals(enqueue.getSpanId()));
			assertThat(attribute(enqueue, "q.jobs")).isEqualTo("2");
		});
	}

	@Test
	void anAsynchronousCallIsObservedUntilTheJobIsStored() {
		this.runner.run((context) -> {
			context.getBean(JobTemplate.class).enqueueAsync(JobRequest.of("greet", null)).get(30, TimeUnit.SECONDS);
			worker(context).await(1);

			SpanData enqueue = span(context, "greet enqueue");
			assertThat(attribute(enqueue, "q.status")).isEqualTo("stored");
			assertThat(span(context, "greet process").getParentSpanId()).isEqualTo(enqueue.getSpanId());
		});
	}

	@Test
	void aFailureIsOneInTheTraceAndAnOutcomeIsNot() {
		this.runner.run((context) -> {
			context.getBean(JobTemplate.class).enqueue("fail", null);
			context.getBean(JobTemplate.class).enqueue("snooze", null);
			worker(context).await(2);

			assertThat(span(context, "fail process").getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
			assertThat(attribute(span(context, "fail process"), "q.outcome")).isEqualTo("failed");
			assertThat(span(context, "snooze process").getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
			assertThat(attribute(span(context, "snooze process"), "q.outcome")).isEqualTo("snooze");
		});
	}

	@Test
	void aRefusedCallIsAFailureInTheTrace() {
		this.runner.withPropertyValues("q.queues.default.max-length=1", "q.worker.enabled=false").run((context) -> {
			JobTemplate jobs = context.getBean(JobTemplate.class);
			jobs.enqueue("greet", null);
			assertThat(catchThrowable(() -> jobs.enqueue("greet", null))).isNotNull();

			assertThat(spans(context, "greet enqueue")).extracting((span) -> attribute(span, "q.status"))
				.containsExactlyInAnyOrder("stored", "none");
		});
	}

	@Test
	void conventionsOfTheApplicationWin() {
		this.runner.withUserConfiguration(Convention.class).run((context) -> {
			context.getBean(JobTemplate.class).enqueue("greet", null);
			worker(context).await(1);

			assertThat(span(context, "work on greet")).isNotNull();
		});
	}

	@Test
	void withoutATracerNothingIsObservedUnlessAskedFor() {
		this.plain.run((context) -> assertThat(context).doesNotHaveBean(ObservationInterceptor.class));
		this.plain.withPropertyValues("management.observations.enable.q=true").run((context) -> {
			var receipt = context.getBean(JobTemplate.class).enqueue("greet", null);
			worker(context).await(1);

			assertThat(context).hasSingleBean(ObservationInterceptor.class);
			assertThat(context.getBean(JobTemplate.class).find(receipt).orElseThrow().job().spec().headers()).isEmpty();
		});
	}

	@Test
	void bootsOwnSwitchLeavesNothingThatCosts() {
		this.runner.withPropertyValues("management.observations.enable.q=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ObservationInterceptor.class)
				.doesNotHaveBean("qObservedJobTemplateCustomizer"));
	}

	@Test
	void withoutMicrometerOnTheClassPathNothingIsMissing() {
		new ApplicationContextRunner().withPropertyValues("q.memory.warn-of-loss=false")
			.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class, QObservationAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("qObservationInterceptor"));
	}

	private static Worker worker(ApplicationContext context) {
		return context.getBean(Worker.class);
	}

	private static SpanData span(ApplicationContext context, String name) {
		assertThat(spans(context, name)).hasSize(1);
		return spans(context, name).get(0);
	}

	private static List<SpanData> spans(ApplicationContext context, String name) {
		return context.getBean(InMemorySpanExporter.class)
			.getFinishedSpanItems()
			.stream()
			.filter((span) -> span.getName().equals(name))
			.toList();
	}

	private static String attribute(SpanData span, String key) {
		return span.getAttributes().get(AttributeKey.stringKey(key));
	}

	@Configuration(proxyBeanMethods = false)
	static class Spans {

		@Bean(destroyMethod = "")
		InMemorySpanExporter memory() {
			return InMemorySpanExporter.create();
		}

		/** Boot would hand each span over once more, in a batch some seconds later. */
		@Bean
		SpanExporters noBatches() {
			return SpanExporters.of();
		}

		/** At once, so that nobody has to wait for a batch. */
		@Bean
		SpanProcessor toMemory(InMemorySpanExporter memory) {
			return SimpleSpanProcessor.create(memory);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Convention {

		@Bean
		UsualProcessConvention processConvention() {
			return new UsualProcessConvention() {

				@Override
				public String getContextualName(ProcessContext context) {
					return "work on " + context.job().spec().type();
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Worker {

		private final List<CountDownLatch> latches = List.of(new CountDownLatch(1), new CountDownLatch(2));

		void await(int jobs) throws InterruptedException {
			assertThat(this.latches.get(jobs - 1).await(30, TimeUnit.SECONDS)).isTrue();
		}

		@JobHandler("greet")
		void greet(JobContext job) {
			assertThat(job.attempt()).isOne();
		}

		@JobHandler("fail")
		void fail() {
			throw new IllegalStateException("drill");
		}

		@JobHandler("snooze")
		JobOutcome snooze() {
			return JobOutcome.snooze(Duration.ofHours(1));
		}

		@Bean
		JobListener settled() {
			return (event) -> {
				if (event instanceof JobEvent.Succeeded || event instanceof JobEvent.Retried
						|| event instanceof JobEvent.Released) {
					this.latches.forEach(CountDownLatch::countDown);
				}
			};
		}

	}

}
