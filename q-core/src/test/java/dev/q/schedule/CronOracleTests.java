package dev.q.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Cron texts beside a daemon that looks at every minute of a year, and at every second
 * around the changes of the clock.
 */
class CronOracleTests {

	private static final List<String> TEXTS = List.of("* * * * *", "*/10 * * * *", "0 * * * *", "30 * * * *",
			"0 0 * * *", "30 0 * * *", "30 1 * * *", "0 2 * * *", "30 2 * * *", "15,45 2 * * *", "0,30 1-3 * * *",
			"0 3 * * *", "59 23 * * *", "*/30 2 * * *", "5 */2 * * *", "0 2 * * 0", "0 0 1 * *", "0 12 13 * 5",
			"0 12 */2 * 1", "0 0 29 2 *", "0 0 31 * *", "10-50/20 0-23/3 * 3,10 *", "0 2 28-31 3 *", "45 1 * 4,10 7",
			"0 0 * 10-12 6-7", "30 23 30 12 *");

	private static final int RANDOM_TEXTS = 12;

	@ParameterizedTest
	@CsvSource({ "UTC, 2026", "Asia/Kolkata, 2026", "Europe/Berlin, 2026", "America/New_York, 2026",
			"Australia/Sydney, 2026", "Australia/Lord_Howe, 2026", "Pacific/Chatham, 2026", "Antarctica/Troll, 2026",
			"Africa/Casablanca, 2026", "America/Sao_Paulo, 2018", "Asia/Beirut, 2021", "America/Santiago, 2022",
			"Africa/Cairo, 2024", "Pacific/Apia, 2011" })
	void everyTickOfAYearIsTheOneThatADaemonWouldSee(ZoneId zone, int year) {
		CronOracle oracle = new CronOracle(zone, CronOracle.utc(year, 1, 1), CronOracle.utc(year + 1, 1, 1),
				Duration.ofMinutes(1));
		List<String> texts = new ArrayList<>(TEXTS);
		Random random = new Random(zone.getId().hashCode());
		for (int i = 0; i < RANDOM_TEXTS; i++) {
			texts.add(randomText(random, 1));
		}

		for (String text : texts) {
			assertThat(ticks(Trigger.of(text, zone), CronOracle.utc(year, 1, 1), CronOracle.utc(year + 1, 1, 1)))
				.as("%s in %s of %d", text, zone, year)
				.isEqualTo(oracle.ticks("0 " + text));
		}
	}

	@ParameterizedTest
	@CsvSource({ "Europe/Berlin, 2026", "America/New_York, 2026", "Australia/Lord_Howe, 2026", "Asia/Beirut, 2021",
			"America/Sao_Paulo, 2018", "Antarctica/Troll, 2026", "Pacific/Apia, 2011" })
	void everySecondAroundTheChangesOfTheClockIsTheOneThatADaemonWouldSee(ZoneId zone, int year) {
		Random random = new Random(year + zone.getId().hashCode());
		for (ZoneOffsetTransition change : changes(zone, year)) {
			Instant from = change.getInstant().minus(Duration.ofHours(8));
			Instant to = change.getInstant().plus(Duration.ofHours(8));
			CronOracle oracle = new CronOracle(zone, from, to, Duration.ofSeconds(1));
			List<String> texts = new ArrayList<>(List.of("* * * * * *", "*/7 * * * * *", "0 */10 * * * *",
					"30 30 2 * * *", "15 0 0 * * *", "* 30 1 * * *", "10-20 59 0-3 * * *", "59 59 23 * * *"));
			for (int i = 0; i < RANDOM_TEXTS; i++) {
				texts.add(randomText(random, 0));
			}

			for (String text : texts) {
				assertThat(ticks(Trigger.of(text, zone), from, to)).as("%s in %s at %s", text, zone, change)
					.isEqualTo(oracle.ticks(text));
			}
		}
	}

	private static List<ZoneOffsetTransition> changes(ZoneId zone, int year) {
		List<ZoneOffsetTransition> changes = new ArrayList<>();
		ZoneOffsetTransition change = zone.getRules().nextTransition(CronOracle.utc(year, 1, 1));
		while (change != null && change.getInstant().isBefore(CronOracle.utc(year + 1, 1, 1))) {
			changes.add(change);
			change = zone.getRules().nextTransition(change.getInstant());
		}
		assertThat(changes).isNotEmpty();
		return changes;
	}

	private static List<Instant> ticks(Trigger trigger, Instant from, Instant to) {
		List<Instant> ticks = new ArrayList<>();
		for (Instant tick = trigger.next(from); tick.isBefore(to); tick = trigger.next(tick)) {
			ticks.add(tick);
		}
		return ticks;
	}

	/**
	 * From the field of seconds on, or without it. The last day of the month always
	 * exists.
	 */
	private static String randomText(Random random, int first) {
		int[][] ranges = { { 0, 59 }, { 0, 59 }, { 0, 23 }, { 1, 28 }, { 1, 12 }, { 0, 7 } };
		StringBuilder text = new StringBuilder();
		for (int i = first; i < ranges.length; i++) {
			text.append((i > first) ? " " : "").append(randomField(random, ranges[i][0], ranges[i][1], i < 3));
		}
		return text.toString();
	}

	private static String randomField(Random random, int least, int most, boolean isOften) {
		int kind = random.nextInt(isOften ? 6 : 10);
		int low = least + random.nextInt(most - least + 1);
		int high = low + random.nextInt(most - low + 1);
		return switch (kind) {
			case 0 -> "*/" + (1 + random.nextInt(most));
			case 1 -> String.valueOf(low);
			case 2 -> low + "-" + high;
			case 3 -> low + "-" + high + "/" + (1 + random.nextInt(5));
			case 4 -> low + "," + high + "," + (least + random.nextInt(most - least + 1));
			case 5 -> low + "/" + (1 + random.nextInt(most));
			default -> "*";
		};
	}

}
