package dev.q.expert;

import java.time.Duration;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.attempt.HandledJob;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handler that outlasts its timeout on the thread of its caller.
 */
class HandleOneTimeoutTests {

	private final QueueScene scene = new QueueScene();

	private final Logger logger = (Logger) LoggerFactory.getLogger("dev.q.jobs");

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
	}

	@AfterEach
	void close() {
		this.logger.detachAppender(this.log);
		this.scene.close();
	}

	@Test
	void isRecordedAsFailedWhileItRunsAndNoThreadIsSaidToBeGivenUp() {
		JobReceipt receipt = this.scene.queue
			.enqueue(JobRequest.of("x").with((options) -> options.timeout(Duration.ofSeconds(10))));

		HandledJob handled = this.scene.queue.handleOne(QueueHandler.of(String.class, (text, job) -> {
			this.scene.advance(Duration.ofSeconds(20));
			assertThat(this.scene.stateOf(receipt)).isIn(JobState.RETRYING, JobState.READY);
		})).orElseThrow();

		assertThat(handled.outcome()).isInstanceOf(Outcome.Retry.class);
		assertThat(handled.recorded()).isTrue();
		assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
			.anyMatch((line) -> line.contains("the thread of its caller hangs"))
			.noneMatch((line) -> line.contains("given up"));
	}

}
