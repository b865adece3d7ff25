package dev.q.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.q.observation.JobObservation;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;

/**
 * The page of all meters, made from the enum.
 */
final class MetricsPage {

	private static final String HEAD = """
			# Metrics

			What Q measures when Micrometer is there, with `spring-boot-starter-actuator` or any other `MeterRegistry` bean. Made from
			`QMeters`. A registry may write the names in its own way: for Prometheus `q.jobs.enqueued` is `q_jobs_enqueued_total`,
			and `q.job.wait` is `q_job_wait_seconds`.

			- `management.metrics.enable.q: false` switches all of it off, and nothing of it costs anything then.
			- What a process counts and times happened in that process: add it up over all of them. The gauges `q.queue.*` show the
			  store, which all processes share: take their maximum, not their sum.
			- The queues are looked at in the background, every `q.metrics.sample-interval`. Whoever scrapes never waits for the store,
			  and a gauge has no value (`NaN`) while the store does not answer.
			- Histograms and percentiles are Micrometer's: `management.metrics.distribution.percentiles-histogram.q.job: true`.
			- No tag can take any number of values:
			""";

	private static final String OBSERVATIONS = """

			## Observations and traces

			Where a tracer is, as with `spring-boot-starter-opentelemetry`, each call that enqueues and each attempt is an observation of
			Micrometer. The first writes W3C's `traceparent` into the headers of its jobs, the second reads it: the span of the handler
			is a child of the span of the call, in whatever process it runs, at each attempt. What one enqueues in a transaction is
			observed until the call returns, `enqueueAsync` until the job is stored. Jobs of a schedule begin traces of their own.

			- `management.observations.enable.q: true` observes without a tracer too, `false` never. Unless it is set, an application
			  without a tracer pays nothing.
			- Other names and values: beans of type `EnqueueConvention` and `ProcessConvention`, best by extending
			  `UsualEnqueueConvention` and `UsualProcessConvention`, or a `GlobalObservationConvention` of Micrometer.
			- Headers of a tracer that are longer than 1024 characters, or whose names no header can have, stay behind.

			| observation | keys with few values | keys for traces alone | meaning |
			| --- | --- | --- | --- |
			""";

	private MetricsPage() {
	}

	static String text() {
		return HEAD
				+ Arrays.stream(MeterTag.values())
					.map((tag) -> "  - `%s`: %s%n".formatted(tag.asString(), tag.meaning()))
					.collect(Collectors.joining())
				+ table("Timers", "timer", (meter) -> meter.getType() == Meter.Type.TIMER)
				+ table("Counters", "counter", (meter) -> meter.getType() == Meter.Type.COUNTER)
				+ table("Gauges", "gauge", (meter) -> meter.getType() == Meter.Type.GAUGE) + observations();
	}

	private static String table(String title, String kind, Predicate<QMeters> which) {
		String head = "%n## %s%n%n| %s | tags | meaning |%n| --- | --- | --- |%n".formatted(title, kind);
		return Arrays.stream(QMeters.values())
			.filter(which)
			.map(MetricsPage::row)
			.collect(Collectors.joining("", head, ""));
	}

	private static String observations() {
		return OBSERVATIONS + Arrays.stream(JobObservation.values())
			.map((each) -> "| `%s` | %s | %s | %s |%n".formatted(each.getName(),
					names(each.getLowCardinalityKeyNames()), names(each.getHighCardinalityKeyNames()), each.meaning()))
			.collect(Collectors.joining());
	}

	private static String names(KeyName[] keys) {
		return Arrays.stream(keys).map((key) -> "`" + key.asString() + "`").collect(Collectors.joining(" "));
	}

	private static String row(QMeters meter) {
		List<String> tags = meter.tags().stream().map((tag) -> "`" + tag.asString() + "`").toList();
		String unit = (meter.getBaseUnit() != null) ? ", in %s".formatted(meter.getBaseUnit().toLowerCase(Locale.ROOT))
				: "";
		return "| `%s` | %s | %s%s |%n".formatted(meter.getName(), String.join(" ", tags), meter.meaning(), unit);
	}

}
