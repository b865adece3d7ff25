package dev.q.boot.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.q.JobRequest;
import dev.q.admin.JobAdmin;
import dev.q.admin.ScheduleAdmin;
import dev.q.admin.audit.AuditEvent;
import dev.q.admin.audit.AuditListener;
import dev.q.admin.audit.AuditPrincipal;
import dev.q.admin.audit.LoggedActs;
import dev.q.boot.QAutoConfiguration;
import dev.q.job.QueueName;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Schedules;
import dev.q.store.PauseMode;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class QAuditAutoConfigurationTests {

	private static final QueueName MAIL = new QueueName("mail");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class, QAuditAutoConfiguration.class));

	@Test
	void listenersThatAreBeansAreTold() {
		List<AuditEvent> events = new ArrayList<>();
		this.runner.withBean(AuditListener.class, () -> events::add)
			.withBean(AuditPrincipal.class, () -> () -> "ada")
			.run((context) -> {
				context.getBean(JobAdmin.class).pause(MAIL, PauseMode.OUT);

				assertThat(events).extracting(AuditEvent::who).containsExactly("ada");
			});
	}

	@Test
	void bootsAuditKeepsWhatIsDone() {
		AuditEventRepository kept = new InMemoryAuditEventRepository();
		this.runner
			.withBean(org.springframework.boot.actuate.audit.listener.AuditListener.class,
					() -> new org.springframework.boot.actuate.audit.listener.AuditListener(kept))
			.run((context) -> {
				context.getBean(JobAdmin.class).as("eve").pause(MAIL, PauseMode.OUT);

				assertThat(kept.find("eve", null, "q.pause")).singleElement()
					.satisfies((event) -> assertThat(event.getData()).containsEntry("queue", "mail")
						.containsEntry("mode", "OUT")
						.containsEntry("count", 1L));
			});
	}

	@Test
	void withoutActuatorOnlyTheLogIsTold() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate")).run((context) -> {
			assertThat(context).hasSingleBean(LoggedActs.class).doesNotHaveBean(PublishedActs.class);
			assertThat(logged(() -> context.getBean(JobAdmin.class).pause(MAIL, PauseMode.OUT)))
				.containsExactly("unknown: pause (queue=mail, mode=OUT), count 1");
		});
	}

	@Test
	void actsOnSchedulesAreToldToo() {
		List<AuditEvent> events = new ArrayList<>();
		this.runner.withBean(AuditListener.class, () -> events::add).run((context) -> {
			context.getBean(Schedules.class)
				.upsert(ScheduleRequest.every("daily", Duration.ofHours(24), JobRequest.of("report", null)));
			ScheduleAdmin schedules = context.getBean(ScheduleAdmin.class).as("ada");
			assertThat(schedules.pause("daily")).isTrue();
			assertThat(schedules.resume("daily")).isTrue();
			schedules.trigger("daily");
			assertThat(schedules.remove("daily")).isTrue();
			assertThat(schedules.remove("daily")).isFalse();

			assertThat(events).extracting((event) -> event.act().name() + " " + event.count())
				.containsExactly("pauseSchedule 1", "resumeSchedule 1", "triggerSchedule 1", "removeSchedule 1",
						"removeSchedule 0");
		});
	}

	private static List<String> logged(Runnable step) {
		Logger logger = (Logger) LoggerFactory.getLogger(LoggedActs.LOGGER);
		logger.setLevel(Level.INFO);
		ListAppender<ILoggingEvent> lines = new ListAppender<>();
		lines.start();
		logger.addAppender(lines);
		try {
			step.run();
			return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
		}
		finally {
			logger.detachAppender(lines);
			logger.setLevel(null);
		}
	}

}
