package dev.q.boot;

import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.q.JobHandler;
import dev.q.JobRequest;
import dev.q.loop.EngineThreads;
import dev.q.loop.Loop;
import dev.q.loop.PlatformThreads;
import dev.q.schedule.Misfire;
import dev.q.schedule.Overlap;
import dev.q.schedule.Recurring;
import dev.q.schedule.ScheduleDetails;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Schedules;
import dev.q.store.JobStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.testing.VirtualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class RecurringJobsTests {

	private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));

	private final MemoryStore shared = new MemoryStore(MemorySettings.DEFAULT, this.clock, this.clock);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class))
		.withBean(JobStore.class, () -> this.shared, (definition) -> definition.setDestroyMethodName(""))
		.withBean(EngineThreads.class, DeclaringFirst::new)
		.withPropertyValues("spring.application.name=shop");

	@Test
	void declaredSchedulesStandInTheStoreOnceTheApplicationHasStarted() {
		this.runner.withUserConfiguration(Reports.class)
			.withPropertyValues("report.cron=30 2 * * *", "report.zone=Europe/Berlin")
			.run((context) -> {
				Schedules schedules = context.getBean(Schedules.class);

				assertThat(schedules.list()).extracting(ScheduleDetails::name)
					.containsExactly("hourly", "report", "tidy");
				ScheduleDetails report = schedules.find("report").orElseThrow();
				assertThat(report.trigger()).isEqualTo("30 2 * * *");
				assertThat(report.zone()).isEqualTo("Europe/Berlin");
				assertThat(report.queue().value()).isEqualTo("reports");
				assertThat(report.nextAt()).isEqualTo(Instant.parse("2026-01-01T01:30:00Z"));
				assertThat(report.options().overlap()).isEqualTo(Overlap.SKIP);
				assertThat(report.options().misfire()).isEqualTo(Misfire.parse("all(3, 1h)"));
				assertThat(report.options().owner()).isEqualTo("shop");
			});
	}

	@Test
	void aDeclaredJobRunsWithItsPayload() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(QAutoConfiguration.class))
			.withUserConfiguration(EverySecond.class)
			.run((context) -> assertThat(context.getBean(EverySecond.class).seen.poll(30, TimeUnit.SECONDS))
				.isEqualTo(new Order(7, "tea")));
	}

	@Test
	void aScheduleThatIsAddedWhileTheApplicationRunsIsFiredWithoutAWaitForTheNextLook() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(QAutoConfiguration.class))
			.withUserConfiguration(Counting.class)
			.run((context) -> {
				context.getBean(Schedules.class)
					.upsert(ScheduleRequest.cron("busy", "* * * * * *", JobRequest.of("count", null)));

				assertThat(context.getBean(Counting.class).twice.await(8, TimeUnit.SECONDS))
					.as("sooner than a store without schedules is looked at again")
					.isTrue();
			});
	}

	@Test
	void aScheduleWhoseAnnotationIsGoneIsRemovedByTheNextStartOfItsApplication() {
		startAndStop(this.runner.withPropertyValues("report.cron=@daily", "report.zone=UTC"), Reports.class);
		this.shared.schedules().pause("hourly");

		startAndStop(this.runner.withPropertyValues("spring.application.name=other"), Tidying.class);
		assertThat(this.shared.schedules().list()).as("of another application").hasSize(3);
		startAndStop(this.runner.withPropertyValues("q.recurring.vanished=keep"), Tidying.class);
		assertThat(this.shared.schedules().list()).hasSize(3);
		startAndStop(this.runner, Tidying.class);

		assertThat(this.shared.schedules().list()).extracting((schedule) -> schedule.name()).containsExactly("tidy");
	}

	@Test
	void schedulesThatWereAddedByHandAreNobodys() {
		this.runner.withUserConfiguration(Tidying.class)
			.run((context) -> context.getBean(Schedules.class)
				.upsert(ScheduleRequest.cron("by-hand", "@daily", JobRequest.of("tidy", null))));

		startAndStop(this.runner, Tidying.class);

		assertThat(this.shared.schedules().list()).hasSize(2);
	}

	@Test
	void aDashMeansThatThereIsNoSuchSchedule() {
		startAndStop(this.runner.withPropertyValues("report.cron=@daily", "report.zone=UTC"), Reports.class);

		startAndStop(this.runner.withPropertyValues("report.cron=-", "report.zone=UTC"), Reports.class);

		assertThat(this.shared.schedules().list()).extracting((schedule) -> schedule.name())
			.containsExactly("hourly", "tidy");
	}

	@Test
	void anApplicationThatWorksNoJobsDeclaresNone() {
		startAndStop(this.runner.withPropertyValues("q.worker.enabled=false"), Tidying.class);

		assertThat(this.shared.schedules().list()).isEmpty();
	}

	private static void startAndStop(ApplicationContextRunner runner, Class<?> configuration) {
		runner.withUserConfiguration(configuration).run((context) -> assertThat(context).hasNotFailed());
	}

	record Order(int id, String what) {
	}

	/** What declares is done when the start goes on. */
	static final class DeclaringFirst implements EngineThreads {

		private final PlatformThreads threads = new PlatformThreads();

		@Override
		public void start(Loop loop) {
			if (loop.name().equals("recurring")) {
				loop.step();
			}
			else {
				this.threads.start(loop);
			}
		}

		@Override
		public Pool jobs(String group, int slots) {
			return this.threads.jobs(group, slots);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Reports {

		@Recurring(cron = "${report.cron}", zone = "${report.zone}", overlap = Overlap.SKIP, misfire = "all(3, 1h)",
				jitter = "30s")
		@JobHandler(value = "report", queue = "reports")
		void report() {
		}

		@Recurring(cron = "@daily")
		@Recurring(id = "hourly", every = "1h")
		@JobHandler("tidy")
		void tidy() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Tidying {

		@Recurring(cron = "@daily")
		@JobHandler("tidy")
		void tidy() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EverySecond {

		final BlockingQueue<Order> seen = new LinkedBlockingQueue<>();

		@Recurring(every = "1s", payload = "{\"id\": 7, \"what\": \"tea\"}")
		@JobHandler("order")
		void order(Order order) {
			this.seen.add(order);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Counting {

		final CountDownLatch twice = new CountDownLatch(2);

		@JobHandler("count")
		void count() {
			this.twice.countDown();
		}

	}

}
