package dev.q.attempt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.q.job.JobId;
import dev.q.scene.EngineScene;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

class LogContextTests {

	private final EngineScene scene = new EngineScene();

	private final Logger logger = (Logger) LoggerFactory.getLogger("dev.q.jobs");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>() {

		@Override
		protected void append(ILoggingEvent line) {
			// Else the line would read the context when it is looked at.
			line.prepareForDeferredProcessing();
			super.append(line);
		}

	};

	private final List<Map<String, String>> seen = new ArrayList<>();

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
		this.logger.setLevel(Level.DEBUG);
		this.logger.setAdditive(false);
	}

	@AfterEach
	void close() {
		MDC.clear();
		this.logger.detachAppender(this.log);
		this.logger.setLevel(null);
		this.logger.setAdditive(true);
		this.scene.close();
	}

	@Test
	void aHandlerLogsInTheContextOfItsJob() {
		JobId id = runOne("seeing", (payload) -> this.seen.add(context()));

		assertThat(this.seen).hasSize(1);
		assertThat(this.seen.get(0)).containsEntry("q.job", id.toString())
			.containsEntry("q.queue", EngineScene.QUEUE.value())
			.containsEntry("q.handler", "seeing")
			.containsEntry("q.attempt", "1")
			.hasEntrySatisfying("q.worker", (worker) -> assertThat(worker).startsWith("w-"));
	}

	@Test
	void nothingOfAJobIsLeftInTheContextNotEvenWhatItsHandlerPutThere() {
		runOne("littering", (payload) -> MDC.put("left", "behind"));

		assertThat(context()).isEmpty();
	}

	@Test
	void theContextOfTheCallerComesBack() {
		MDC.put("request", "42");

		runOne("tidy", (payload) -> this.seen.add(context()));

		assertThat(context()).containsExactly(Map.entry("request", "42"));
	}

	@Test
	void theLinesOfAJobCarryItsContext() {
		JobId fine = runOne("fine", (payload) -> {
		});
		JobId failing = runOne("failing", (payload) -> {
			throw new IllegalStateException("drill");
		});

		assertThat(linesOf(fine)).containsExactly(Level.DEBUG, Level.DEBUG);
		assertThat(linesOf(failing)).containsExactly(Level.DEBUG, Level.WARN);
		assertThat(this.log.list).hasSize(4);
	}

	private JobId runOne(String type, Work work) {
		this.scene.handle(type, (payload, context) -> {
			work.run(payload);
			return null;
		});
		JobId id = this.scene.enqueue(type, "x");
		try (ManualJobEngine engine = this.scene.engine()) {
			engine.runDueJobs();
		}
		return id;
	}

	private List<Level> linesOf(JobId id) {
		return this.log.list.stream()
			.filter((line) -> id.toString().equals(line.getMDCPropertyMap().get("q.job")))
			.map(ILoggingEvent::getLevel)
			.toList();
	}

	private static Map<String, String> context() {
		return Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
	}

	/**
	 * What a handler does.
	 */
	private interface Work {

		void run(Object payload);

	}

}
