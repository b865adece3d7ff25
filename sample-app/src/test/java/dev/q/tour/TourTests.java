package dev.q.tour;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.JobReceipt;
import dev.q.JobTemplate;
import dev.q.event.JobEvent;
import dev.q.event.JobListener;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

class TourTests {

	private ConfigurableApplicationContext context;

	private Application application;

	@BeforeEach
	void start() {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.profiles("scan")
			.run("--q.retry.policy=fixed(1ms)");
		this.application = this.context.getBean(Application.class);
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	@Test
	void aFailedMailIsTriedAgain() throws InterruptedException {
		JobId id = this.context.getBean(Registration.class).register("ada@example.org");

		this.application.awaitEnd();

		assertThat(this.application.sent).containsExactly("ada@example.org: Welcome!");
		assertThat(find(id).state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(find(id).job().counters().failures()).isEqualTo(1);
	}

	@Test
	void whatCannotSucceedIsDeadAtOnce() throws InterruptedException {
		JobId id = this.context.getBean(Registration.class).register("nobody");

		this.application.awaitEnd();

		assertThat(this.application.sent).isEmpty();
		assertThat(find(id).state()).isEqualTo(JobState.DEAD);
		assertThat(find(id).job().counters().deliveries()).isEqualTo(1);
	}

	@Test
	void aHandlerMayBeNamedByItsMethod() throws InterruptedException {
		JobId id = this.context.getBean(Registration.class).registerSafely("ada@example.org");

		this.application.awaitEnd();

		assertThat(find(id).state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(find(id).job().spec().type().value()).isEqualTo("welcome-email");
	}

	@Test
	void whatIsForTomorrowWaits() {
		JobId id = this.context.getBean(Registration.class).registerForTomorrow("ada@example.org");

		assertThat(find(id).state()).isEqualTo(JobState.SCHEDULED);
		assertThat(Duration.between(find(id).job().times().createdAt(), find(id).job().times().runAt()))
			.isEqualTo(Duration.ofDays(1));
	}

	@Test
	void whoeverComesFirstIsStored() {
		Registration registration = this.context.getBean(Registration.class);

		assertThat(registration.registerOnce("grace@example.org").status()).isEqualTo(JobReceipt.Status.STORED);
	}

	private JobDetails find(JobId id) {
		return this.context.getBean(JobTemplate.class).find(id).orElseThrow();
	}

	@Configuration
	@EnableAutoConfiguration
	@Import({ WelcomeMails.class, Registration.class, NightlyReport.class })
	static class Application implements JobListener {

		private final List<String> sent = new ArrayList<>();

		private final AtomicInteger attempts = new AtomicInteger();

		private final BlockingQueue<JobEvent> ends = new LinkedBlockingQueue<>();

		@Bean
		Mails mailsThatFailAtFirst() {
			return (address, text) -> {
				if (this.attempts.incrementAndGet() == 1) {
					throw new IllegalStateException("The mail server is not there yet");
				}
				this.sent.add(address + ": " + text);
			};
		}

		@Override
		public void onEvent(JobEvent event) {
			if (event instanceof JobEvent.Succeeded || event instanceof JobEvent.Died) {
				this.ends.add(event);
			}
		}

		private void awaitEnd() throws InterruptedException {
			assertThat(this.ends.poll(10, TimeUnit.SECONDS)).as("an end within 10 s").isNotNull();
		}

	}

}
