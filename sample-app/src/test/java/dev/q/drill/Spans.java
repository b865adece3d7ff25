package dev.q.drill;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;

/**
 * Keeps all spans of the process, each as soon as it ends, and writes them to standard
 * output too if {@code drill.print-spans} is set: trace, span, parent, name.
 */
public class Spans {

	@Bean(destroyMethod = "")
	InMemorySpanExporter keptSpans() {
		return InMemorySpanExporter.create();
	}

	/** Boot would hand each span over once more, in a batch some seconds later. */
	@Bean
	SpanExporters noBatches() {
		return SpanExporters.of();
	}

	@Bean
	SpanProcessor keeper(InMemorySpanExporter spans) {
		return SimpleSpanProcessor.create(spans);
	}

	@Bean
	@ConditionalOnBooleanProperty("drill.print-spans")
	SpanProcessor printer() {
		return new Printer();
	}

	private static final class Printer implements SpanProcessor {

		@Override
		public void onStart(Context parent, ReadWriteSpan span) {
			// Only the end is of interest.
		}

		@Override
		public boolean isStartRequired() {
			return false;
		}

		@Override
		public void onEnd(ReadableSpan span) {
			System.out.println("span %s %s %s %s".formatted(span.getSpanContext().getTraceId(),
					span.getSpanContext().getSpanId(), span.getParentSpanContext().getSpanId(), span.getName()));
		}

		@Override
		public boolean isEndRequired() {
			return true;
		}

	}

}
