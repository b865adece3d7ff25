package dev.q.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

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
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.testing.VirtualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
			Timekeeper first = new Timekeeper(new ScheduleFiring(store), Duration.ofHours(1), clock);
			Timekeeper second = new Timekeeper(new ScheduleFiring(store), Duration.ofHours(1), clock);

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
			Timekeeper timekeeper = new Timekeeper(new ScheduleFiring(store), Duration.ofSeconds(1), steady);
			run(timekeeper, steady, Duration.ofMinutes(21));
			offset[0] = Duration.ofMinutes(-12);
			run(timekeeper, steady, Duration.ofMinutes(20));

			assertThat(ticks(store, "*/5 * * * *")).hasSize(5)
				.last()
				.isEqualTo(CronOracle.utc(2026, 1, 1).plus(Duration.ofMinutes(25)));
		}
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
