package dev.q.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

import dev.q.job.Due;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TriggerTests {

	private static final ZoneId UTC = ZoneId.of("UTC");

	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	@Test
	void evenIntervalsAreAlignedToTheEpochWhateverTheZone() {
		assertThat(ticks("every 5m", UTC, "2026-01-01T00:01:02.003Z", 2)).containsExactly("2026-01-01T00:05:00Z",
				"2026-01-01T00:10:00Z");
		assertThat(ticks("every 5m", BERLIN, "2026-01-01T00:05:00Z", 1)).containsExactly("2026-01-01T00:10:00Z");
		assertThat(ticks("EVERY PT1.5S", UTC, "1969-12-31T23:59:58Z", 2)).containsExactly("1969-12-31T23:59:58.500Z",
				"1970-01-01T00:00:00Z");
	}

	@Test
	void theTextOfAnIntervalIsReadAgain() {
		String text = Trigger.every(Duration.ofMinutes(90));

		assertThat(ticks(text, UTC, "1970-01-01T00:00:00Z", 2)).containsExactly("1970-01-01T01:30:00Z",
				"1970-01-01T03:00:00Z");
	}

	@ParameterizedTest
	@CsvSource({ "@hourly, 2026-01-01T01:00:00Z", "@daily, 2026-01-02T00:00:00Z", "@midnight, 2026-01-02T00:00:00Z",
			"@weekly, 2026-01-04T00:00:00Z", "@monthly, 2026-02-01T00:00:00Z", "@yearly, 2027-01-01T00:00:00Z",
			"@Annually, 2027-01-01T00:00:00Z" })
	void macrosStandForTheirTexts(String macro, Instant next) {
		assertThat(Trigger.of(macro, UTC).next(NOW)).isEqualTo(next);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "0 9 * * mon-fri | 0 9 * * 1-5", "0 9 1 JAN,Jul * | 0 9 1 1,7 *", "0 0 * * sat-sun | 0 0 * * 0,6",
					"0 0 * * 7 | 0 0 * * 0", "0 0 ? * 1 | 0 0 * * 1", "0 0 1 * ? | 0 0 1 * *",
					"5/15 * * * * | 5,20,35,50 * * * *", "0 0 * * 5/2 | 0 0 * * 5,7", "0 0 * * 0-0 | 0 0 * * SUN",
					"0  0\t1 * * | 0 0 1 * *", "0 30 4 * * * | 30 4 * * *" })
	void waysOfWritingMeanTheSame(String one, String other) {
		assertThat(Trigger.of(one, BERLIN).preview(NOW, 100)).isEqualTo(Trigger.of(other, BERLIN).preview(NOW, 100));
	}

	@Test
	void aDayThatMatchesEitherFieldCountsIfBothAreGiven() {
		assertThat(ticks("0 0 13 * 5", UTC, "2026-01-01T00:00:00Z", 4)).containsExactly("2026-01-02T00:00:00Z",
				"2026-01-09T00:00:00Z", "2026-01-13T00:00:00Z", "2026-01-16T00:00:00Z");
	}

	@Test
	void aFieldThatStartsWithAStarMustMatchToo() {
		assertThat(ticks("0 0 */2 * 5", UTC, "2026-01-01T00:00:00Z", 2)).containsExactly("2026-01-09T00:00:00Z",
				"2026-01-23T00:00:00Z");
	}

	@Test
	void aTimeThatIsLeftOutComesWhenTheClockIsSetForward() {
		assertThat(ticks("30 2 * * *", BERLIN, "2026-03-28T12:00:00Z", 2)).containsExactly("2026-03-29T01:00:00Z",
				"2026-03-30T00:30:00Z");
	}

	@Test
	void severalTimesThatAreLeftOutComeAsOne() {
		assertThat(ticks("0,20,40 2,3 * * *", BERLIN, "2026-03-29T00:59:59Z", 3))
			.containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z", "2026-03-29T01:40:00Z");
	}

	@Test
	void aTimeThatIsShownTwiceComesAtTheFirst() {
		assertThat(ticks("30 2 * * *", BERLIN, "2026-10-24T12:00:00Z", 2)).containsExactly("2026-10-25T00:30:00Z",
				"2026-10-26T01:30:00Z");
		assertThat(ticks("30 2 * * *", BERLIN, "2026-10-25T01:10:00Z", 1)).containsExactly("2026-10-26T01:30:00Z");
	}

	@Test
	void textsWithAStarFollowRealTime() {
		assertThat(between("*/10 * * * *", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z")).hasSize(12);
		assertThat(between("*/10 * * * *", "2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z")).hasSize(12);
		assertThat(between("* * * * *", "2026-10-25T00:00:00Z", "2026-10-25T02:00:00Z")).hasSize(120);
		assertThat(ticks("30 * * * *", BERLIN, "2026-03-29T00:00:00Z", 2)).containsExactly("2026-03-29T00:30:00Z",
				"2026-03-29T01:30:00Z");
	}

	@Test
	void aDayThatIsLeftOutWholeComesAtItsEnd() {
		assertThat(ticks("0 12 30 12 *", ZoneId.of("Pacific/Apia"), "2011-12-01T00:00:00Z", 1))
			.containsExactly("2011-12-30T10:00:00Z");
	}

	@Test
	void aMidnightThatIsLeftOutComesAtTheEndOfTheGap() {
		assertThat(ticks("0 0 * * *", ZoneId.of("America/Sao_Paulo"), "2018-11-03T12:00:00Z", 2))
			.containsExactly("2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z");
	}

	@Test
	void aLeapDayIsWaitedForAcrossACenturyWithoutOne() {
		assertThat(ticks("0 0 29 2 *", UTC, "2096-03-01T00:00:00Z", 1)).containsExactly("2104-02-29T00:00:00Z");
	}

	@Test
	void afterTheEndOfTimeNothingComes() {
		for (String text : List.of("0 0 * * *", "* * * * *", "every 1s")) {
			assertThat(Trigger.of(text, BERLIN).next(Due.LATEST)).isEqualTo(Due.LATEST);
			assertThat(Trigger.of(text, BERLIN).next(Instant.MAX)).isEqualTo(Due.LATEST);
			assertThat(Trigger.of(text, BERLIN).next(Instant.parse("0001-01-01T00:00:00Z"))).isBefore(Due.LATEST);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 30-31 FEB *", "0 0 31 2 ?" })
	void aDateThatNeverComesIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Trigger.of(text, UTC))
			.withMessageContaining("'" + text + "'")
			.withMessageContaining("would never come");
	}

	@Test
	void aDateThatNeverComesMayStandBesideADayOfTheWeek() {
		assertThat(ticks("0 0 30 2 1", UTC, "2026-01-01T00:00:00Z", 1)).containsExactly("2026-02-02T00:00:00Z");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "@reboot", "* * * *", "* * * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *",
			"* * 32 * *", "* * * 13 *", "* * * 0 *", "* * * * 8", "* * * * FRY", "5-1 * * * *", "* * * * FRI-MON",
			"*/0 * * * *", "*/60 * * * *", "*/-1 * * * *", "-1 * * * *", "1- * * * *", "-5 * * * *", "1-2-3 * * * *",
			"1,,2 * * * *", ", * * * *", "1/ * * * *", "*/ * * * *", "/5 * * * *", "1.5 * * * *", "+1 * * * *",
			"00000001 * * * *", "\u0661 * * * *", "? * * * *", "* * L * *", "every", "every ", "every 0s", "every -1s",
			"every 999ms", "every 1ns", "every PT1.0001S", "every 4000d", "every 9999999999999999d", "every *",
			"0 0 * * * DROP" })
	void whatCannotBeUsedIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Trigger.of(text, UTC));
	}

	@Test
	void aComplaintQuotesTheTextAndSaysWhatToDo() {
		assertThatIllegalArgumentException().isThrownBy(() -> Trigger.of("0 25 * * *", UTC))
			.withMessage("Cron text '0 25 * * *' cannot be used: the hour must be from 0 to 23, but has '25'");
		assertThatIllegalArgumentException().isThrownBy(() -> Trigger.of("*/90 * * * *", UTC))
			.withMessageContaining("'every 90m'");
		assertThatIllegalArgumentException().isThrownBy(() -> Trigger.of("0 0 * *\n*\u0000", UTC))
			.withMessageContaining("\\u0000");
	}

	@Test
	void aHugeTextIsRefusedAtOnce() {
		assertThatIllegalArgumentException().isThrownBy(() -> Trigger.of("*".repeat(1_000_000), UTC))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(1000));
		assertThatIllegalArgumentException().isThrownBy(() -> Trigger.of("1,".repeat(500_000) + " * * * *", UTC));
	}

	@Test
	void aZoneThatIsNotKnownIsRefused() {
		assertThat(Trigger.zone(" Europe/Berlin ")).isEqualTo(BERLIN);
		assertThatIllegalArgumentException().isThrownBy(() -> Trigger.zone("Europe/Atlantis"))
			.withMessageContaining("'Europe/Atlantis'");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, 1001 })
	void aPreviewIsBounded(int count) {
		assertThatIllegalArgumentException().isThrownBy(() -> Trigger.of("* * * * *", UTC).preview(NOW, count))
			.withMessageContaining(String.valueOf(count));
	}

	private static List<String> ticks(String text, ZoneId zone, String after, int count) {
		return Trigger.of(text, zone).preview(Instant.parse(after), count).stream().map(Instant::toString).toList();
	}

	/** From the first instant on, to before the second. */
	private static List<Instant> between(String text, String from, String to) {
		Trigger trigger = Trigger.of(text, BERLIN);
		return Stream
			.iterate(trigger.next(Instant.parse(from).minusMillis(1)), (tick) -> tick.isBefore(Instant.parse(to)),
					trigger::next)
			.toList();
	}

}
