package dev.q.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MisfireTests {

	private static final Trigger HOURLY = Trigger.of("0 * * * *", ZoneId.of("UTC"));

	private static final Instant ONE = Instant.parse("2026-01-01T01:00:00Z");

	@Test
	void aTickInTimeIsFiredWhateverTheRule() {
		for (Misfire rule : List.of(Misfire.SKIP, Misfire.ONE, Misfire.all(3, Duration.ofHours(1)))) {
			assertThat(rule.step(HOURLY, ONE, ONE)).isEqualTo(new Misfire.Step(ONE, hours(1)));
			assertThat(rule.step(HOURLY, ONE, ONE.plusSeconds(60))).isEqualTo(new Misfire.Step(ONE, hours(1)));
		}
	}

	@Test
	void threeHoursLateSkipFiresNone() {
		assertThat(fired(Misfire.SKIP, Duration.ofHours(3).plusMinutes(30))).isEmpty();
		assertThat(fired(Misfire.SKIP, Duration.ofMinutes(30))).isEmpty();
	}

	@Test
	void threeHoursLateOneFiresTheLatest() {
		assertThat(fired(Misfire.ONE, Duration.ofHours(3).plusMinutes(30))).containsExactly(hours(3));
	}

	@Test
	void threeHoursLateAllFiresTheLatestOfThemInOrder() {
		assertThat(fired(Misfire.all(10, Duration.ofDays(1)), Duration.ofHours(2).plusMinutes(30))).containsExactly(ONE,
				hours(1), hours(2));
		assertThat(fired(Misfire.all(2, Duration.ofDays(1)), Duration.ofHours(3))).containsExactly(hours(2), hours(3));
		assertThat(fired(Misfire.all(10, Duration.ofMinutes(90)), Duration.ofHours(3))).containsExactly(hours(2),
				hours(3));
	}

	@Test
	void aTickThatIsOlderThanTheWindowIsPassedOver() {
		Trigger yearly = Trigger.of("@yearly", ZoneId.of("UTC"));
		Instant newYear = Instant.parse("2026-01-01T00:00:00Z");

		assertThat(Misfire.ONE.step(yearly, newYear, newYear.plus(Duration.ofHours(24))).tick()).isEqualTo(newYear);
		assertThat(Misfire.ONE.step(yearly, newYear, newYear.plus(Duration.ofHours(24)).plusMillis(1)))
			.isEqualTo(new Misfire.Step(null, Instant.parse("2027-01-01T00:00:00Z")));
	}

	@Test
	void yearsOfSecondsAreCaughtUpAtOnce() {
		Trigger busy = Trigger.of("* * * * * *", ZoneId.of("UTC"));
		Instant now = ONE.plus(Duration.ofDays(3650));

		Misfire.Step step = Misfire.all(5, Duration.ofDays(366)).step(busy, ONE, now);

		assertThat(step).isEqualTo(new Misfire.Step(now.minusSeconds(4), now.minusSeconds(3)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0 * * * *", "*/7 3-9 * * *", "0 0 13 * 5", "every 17s", "30 2 * * *", "* * 1 * *" })
	void whatIsFiredIsWhatALookAtAllTicksWouldChoose(String text) {
		Trigger trigger = Trigger.of(text, ZoneId.of("Europe/Berlin"));
		Random random = new Random(text.hashCode());
		for (int i = 0; i < 200; i++) {
			Instant first = trigger.next(ONE.plusSeconds(random.nextInt(20_000_000)));
			Instant now = first.plusMillis((long) Math.pow(10, random.nextDouble() * 8.5));
			Misfire rule = new Misfire(1 + random.nextInt(5), Duration.ofSeconds(1 + random.nextInt(90_000)));

			assertThat(fired(rule, trigger, first, now)).as("%s from %s at %s by %s", text, first, now, rule)
				.isEqualTo(chosen(rule, trigger, first, now));
		}
	}

	private static List<Instant> chosen(Misfire rule, Trigger trigger, Instant first, Instant now) {
		List<Instant> all = new ArrayList<>();
		for (Instant tick = first; !tick.isAfter(now); tick = trigger.next(tick)) {
			if (!tick.isBefore(now.minus(rule.window()))) {
				all.add(tick);
			}
		}
		return all.subList(Math.max(0, all.size() - rule.max()), all.size());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "skip | skip", " ONE | one", "all(10, 1h) | all(10, PT1H)",
			"ALL( 3 ,PT90M ) | all(3, PT1H30M)", "all(1, 24h) | one", "all(1,60s) | skip" })
	void rulesAreReadAndWritten(String text, String written) {
		Misfire rule = Misfire.parse(text);

		assertThat(rule).hasToString(written);
		assertThat(Misfire.parse(written)).isEqualTo(rule);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "two", "all", "all()", "all(1)", "all(0, 1h)", "all(10001, 1h)", "all(-1, 1h)",
			"all(1, 0s)", "all(1, 367d)", "all(999999999, 1h)", "all(1, x)", "all(1, 1h" })
	void whatIsNoRuleIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Misfire.parse(text));
	}

	@Test
	void optionsAreReadAsTheyWereWritten() {
		ScheduleOptions options = new ScheduleOptions(Misfire.all(3, Duration.ofHours(2)), Overlap.SKIP,
				Duration.ofMillis(1500), "my = app");

		assertThat(ScheduleOptions.parse(options.text())).isEqualTo(options);
		assertThat(ScheduleOptions.DEFAULT.text()).isEmpty();
		assertThat(ScheduleOptions.parse("")).isEqualTo(ScheduleOptions.DEFAULT);
		assertThat(ScheduleOptions.parse("colour=red\n" + options.text())).isEqualTo(options);
	}

	private static List<Instant> fired(Misfire rule, Duration late) {
		return fired(rule, HOURLY, ONE, ONE.plus(late));
	}

	private static List<Instant> fired(Misfire rule, Trigger trigger, Instant first, Instant now) {
		List<Instant> fired = new ArrayList<>();
		Instant stands = first;
		while (!stands.isAfter(now)) {
			Misfire.Step step = rule.step(trigger, stands, now);
			assertThat(step.next()).isAfter(stands);
			if (step.tick() != null) {
				fired.add(step.tick());
			}
			stands = step.next();
		}
		assertThat(stands).isEqualTo(trigger.next(now));
		return fired;
	}

	private static Instant hours(int count) {
		return ONE.plus(Duration.ofHours(count));
	}

}
