package dev.q.engine;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.q.event.JobEvents;
import dev.q.job.Job;
import dev.q.job.JobSpec;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.maintenance.ScheduleFiring;
import dev.q.schedule.CronOracle;
import dev.q.schedule.Trigger;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.testing.VirtualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole years of ticks, and a clock that is not to be trusted.
 */
class TimekeeperTests {

	private static final List<String> TEXTS = List.of("0 * * * *", "30 2 * * *", "0 0 * * *", "*/30 1-3 * * *",
			"15 1,2,3 * * 0,6", "0 12 29 2 *");

	@ParameterizedTest
	@CsvSource({ "Europe/Berlin, 2026", "America/New_York, 2028", "Australia/Lord_Howe, 2026",
			"America/Sao_Paulo, 2018", "Asia/Kolkata, 2026" })
	void aYearOfTicksIsTheOneThatADaemonWouldSee(ZoneId zone, int year) {
		VirtualClock clock = new VirtualClock(CronOracle.utc(year, 1, 1));
		try (JobStore store = new MemoryStore(MemorySettings.DEFAULT, clock, clock)) {
			TEXTS.forEach((text) -> save(store, text, zone, clock.instant()));
			Timekeeper first = new Timekeeper(new ScheduleFiring(store, JobEvents.NONE), Duration.ofHours(1), clock);
			Timekeeper second = new Timekeeper(new ScheduleFiring(store, JobEvents.NONE), Duration.ofHours(1), clock);

			while (clock.instant().isBefore(CronOracle.utc(year + 1, 1, 1))) {
				first.loop().step();
				second.loop().step();
				Duration rest = first.loop().timeLeft();
				clock.advance((rest.compareTo(second.loop().timeLeft()) < 0) ? rest : second.loop().timeLeft());
			}

			CronOracle oracle = new CronOracle(zone, CronOracle.utc(year, 1, 1), CronOracle.utc(year + 1, 1, 1),
					Duration.ofMinutes(1));
			for (String text : TEXTS) {
				assertThat(ticks(store, text)).as("%s in %s of %d", text, zone, year)
					.isEqualTo(oracle.ticks("0 " + text));
			}
		}
	}

	@Test
	void aClockThatIsSetBackMakesNothingComeTwice() {
		VirtualClock steady = new VirtualClock(CronOracle.utc(2026, 1, 1));
		Duration[] offset = { Duration.ZERO };
		try (JobStore store = new MemoryStore(MemorySettings.DEFAULT, () -> steady.instant().plus(offset[0]), steady)) {
			save(store, "*/5 * * * *", ZoneId.of("UTC"), steady.instant());
			Timekeeper timekeeper = new Timekeeper(new ScheduleFiring(store, JobEvents.NONE), Duration.ofSeconds(1),
					steady);
			run(timekeeper, steady, Duration.ofMinutes(21));
			offset[0] = Duration.ofMinutes(-12);
			run(timekeeper, steady, Duration.ofMinutes(20));

			assertThat(ticks(store, "*/5 * * * *")).hasSize(5)
				.last()
				.isEqualTo(CronOracle.utc(2026, 1, 1).plus(Duration.ofMinutes(25)));
		}
	}

	@Test
	void aScheduleThatAlwaysFailsBesideOthersIsNoFailureOfTheLoopAndIsToldOfOnce() {
		VirtualClock clock = new VirtualClock(CronOracle.utc(2026, 1, 1));
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		Logger logger = (Logger) LoggerFactory.getLogger(ScheduleFiring.class);
		logger.addAppender(log);
		try (JobStore store = new MemoryStore(MemorySettings.DEFAULT, clock, clock)) {
			save(store, "*/5 * * * *", ZoneId.of("UTC"), clock.instant());
			save(store, "*/7 * * * *", ZoneId.of("UTC"), clock.instant());
			AtomicBoolean broken = new AtomicBoolean(true);
			JobStore failing = failing(store, queue("*/7 * * * *").value(), broken);
			Timekeeper timekeeper = new Timekeeper(new ScheduleFiring(failing, JobEvents.NONE), Duration.ofMinutes(1),
					clock);

			run(timekeeper, clock, Duration.ofMinutes(31));
			int failures = timekeeper.loop().failures();
			broken.set(false);
			run(timekeeper, clock, Duration.ofMinutes(5));

			assertThat(failures).isZero();
			assertThat(ticks(store, "*/5 * * * *")).hasSize(7);
			assertThat(ticks(store, "*/7 * * * *")).isNotEmpty();
			assertThat(log.list).extracting(ILoggingEvent::getFormattedMessage)
				.filteredOn((line) -> line.contains("cannot be fired"))
				.hasSize(1);
		}
		finally {
			logger.detachAppender(log);
		}
	}

	/** A store that fails whenever one of the schedules is to be fired. */
	private static JobStore failing(JobStore store, String name, AtomicBoolean broken) {
		ScheduleStore schedules = (ScheduleStore) Proxy.newProxyInstance(ScheduleStore.class.getClassLoader(),
				new Class<?>[] { ScheduleStore.class }, (proxy, method, args) -> {
					if (broken.get() && args != null && args[0] instanceof Schedule due && due.name().equals(name)) {
						throw new IllegalStateException("drill");
					}
					return method.invoke(store.schedules(), args);
				});
		return (JobStore) Proxy.newProxyInstance(JobStore.class.getClassLoader(), new Class<?>[] { JobStore.class },
				(proxy, method, args) -> "schedules".equals(method.getName()) ? schedules : method.invoke(store, args));
	}

	private static void run(Timekeeper timekeeper, VirtualClock clock, Duration span) {
		Instant end = clock.instant().plus(span);
		while (clock.instant().isBefore(end)) {
			timekeeper.loop().step();
			clock.advance(timekeeper.loop().timeLeft());
		}
		timekeeper.loop().step();
	}

	/** Each with a queue of its own, so that a year finds room. */
	private static void save(JobStore store, String text, ZoneId zone, Instant now) {
		JobSpec spec = JobSpec.of(queue(text), new TypeName("any"), Payload.EMPTY);
		store.schedules()
			.save(List
				.of(new Schedule(queue(text).value(), text, zone.getId(), spec, Trigger.of(text, zone).next(now))));
	}

	private static QueueName queue(String text) {
		return new QueueName("q" + Integer.toHexString(text.hashCode()));
	}

	private static List<Instant> ticks(JobStore store, String text) {
		return store.catalog()
			.search(new JobCatalog.Query(Set.of(), queue(text), null), 10_000, null)
			.items()
			.stream()
			.map(Job::id)
			.sorted()
			.map((id) -> Instant.ofEpochMilli(id.value().getMostSignificantBits() >>> 16))
			.toList();
	}

}
