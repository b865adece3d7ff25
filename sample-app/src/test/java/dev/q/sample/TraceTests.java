package dev.q.sample;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.q.drill.Spans;
import dev.q.sample.web.HttpSample;
import dev.q.test.server.Patience;
import dev.q.test.server.RedisServers;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application with the starter of OpenTelemetry.
 */
class TraceTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private Path root;

	@Test
	void aRequestIsTracedToTheHandlerInAnotherProcess() throws Exception {
		Files.writeString(this.root.resolve("file"), "one line\n");

		try (HttpSample front = HttpSample.start(this.root, with("--q.worker.enabled=false"))) {
			assertThat(front.post("/scans", "{\"path\": \".\"}").status()).isEqualTo(202);
			InMemorySpanExporter spans = front.bean(InMemorySpanExporter.class);
			SpanData enqueue = only(spans, SpanKind.PRODUCER);
			Process worker = worker(with("--drill.print-spans=true", "--server.port=0", "--sample.root=" + this.root));
			try {
				Lines.of(worker.getInputStream(), PATIENCE)
					.await("span %s [0-9a-f]{16} %s .* process".formatted(enqueue.getTraceId(), enqueue.getSpanId()));
			}
			finally {
				worker.destroyForcibly();
			}

			SpanData request = only(spans, SpanKind.SERVER);
			assertThat(enqueue.getTraceId()).isEqualTo(request.getTraceId());
			assertThat(enqueue.getParentSpanId()).isEqualTo(request.getSpanId());
			assertThat(request.getName()).isEqualTo("http post /scans");
		}
	}

	private static SpanData only(InMemorySpanExporter spans, SpanKind kind) {
		// That of a request ends a moment after its answer was read.
		Patience.until("a span has ended", PATIENCE, () -> !all(spans, kind).isEmpty());
		assertThat(all(spans, kind)).hasSize(1);
		return all(spans, kind).get(0);
	}

	private static List<SpanData> all(InMemorySpanExporter spans, SpanKind kind) {
		return spans.getFinishedSpanItems().stream().filter((span) -> span.getKind() == kind).toList();
	}

	private Process worker(String... args) throws Exception {
		ProcessBuilder process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Dlogging.config=classpath:logback-spring.xml", "-cp",
				System.getProperty("java.class.path"), SampleApplication.class.getName());
		process.command().addAll(List.of(args));
		return process.redirectError(ProcessBuilder.Redirect.DISCARD).start();
	}

	private static String[] with(String... own) {
		List<String> shared = List.of("--spring.profiles.active=redis", "--q.redis.namespace=sample-trace",
				"--spring.data.redis.host=" + RedisServers.shared().host(),
				"--spring.data.redis.port=" + RedisServers.shared().port(),
				"--management.tracing.sampling.probability=1", "--spring.main.sources=" + Spans.class.getName());
		return Stream.concat(shared.stream(), Stream.of(own)).toArray(String[]::new);
	}

}
