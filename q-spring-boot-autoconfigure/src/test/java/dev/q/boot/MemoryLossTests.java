package dev.q.boot;

import java.time.Duration;
import java.time.Instant;

import dev.q.JobOptions;
import dev.q.JobTemplate;
import dev.q.store.JobStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.testing.VirtualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class MemoryLossTests {

	private static final String ANNOUNCEMENT = "Jobs are kept in the memory of this process";

	private static final String REPORT = "had not ended, and are lost";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class));

	@Test
	void aStartSaysOnceWhatWillBeLostAndWhatToDo(CapturedOutput output) {
		this.runner.run(
				(context) -> assertThat(output).containsOnlyOnce(ANNOUNCEMENT).contains("q.memory.warn-of-loss=false"));
	}

	@Test
	void anEndSaysHowManyJobsOfWhichQueuesAreLost(CapturedOutput output) {
		this.runner.run((context) -> {
			JobTemplate jobs = context.getBean(JobTemplate.class);
			jobs.enqueue("greet", null);
			jobs.with(JobOptions.NONE.queue("mail")).enqueue("greet", null);
			jobs.with(JobOptions.NONE.queue("mail")).enqueue("greet", null);
			jobs.with(JobOptions.NONE.queue("mail").in(Duration.ofDays(1))).enqueue("greet", null);
			assertThat(output).doesNotContain(REPORT);
		});

		assertThat(output).containsOnlyOnce("4 jobs " + REPORT)
			.contains("queue default: 1 READY; queue mail: 1 SCHEDULED, 2 READY");
	}

	@Test
	void lazyInitializationKeepsNeitherBack(CapturedOutput output) {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> context.getBean(JobTemplate.class).enqueue("greet", null));

		assertThat(output).containsOnlyOnce(ANNOUNCEMENT).containsOnlyOnce("1 jobs " + REPORT);
	}

	@Test
	void anEndWithoutALossSaysNothing(CapturedOutput output) {
		this.runner.run((context) -> assertThat(context).hasNotFailed());

		assertThat(output).doesNotContain(REPORT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "q.memory.warn-of-loss=false", "spring.profiles.active=dev",
			"spring.profiles.active=test,other", "spring.profiles.active=local" })
	void whereLossIsAsItShouldBeNothingIsSaid(String property, CapturedOutput output) {
		this.runner.withPropertyValues(property)
			.run((context) -> context.getBean(JobTemplate.class).enqueue("greet", null));

		assertThat(output).doesNotContain(ANNOUNCEMENT, REPORT);
	}

	@Test
	void aStoreOfTheApplicationsOwnSpeaksForItself(CapturedOutput output) {
		VirtualClock clock = new VirtualClock(Instant.EPOCH);
		this.runner.withBean(JobStore.class, () -> new MemoryStore(MemorySettings.DEFAULT, clock, clock))
			.run((context) -> context.getBean(JobTemplate.class).enqueue("greet", null));

		assertThat(output).doesNotContain(ANNOUNCEMENT, REPORT);
	}

}
