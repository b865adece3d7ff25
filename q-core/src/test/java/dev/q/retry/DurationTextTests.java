package dev.q.retry;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DurationTextTests {

	@ParameterizedTest
	@CsvSource({ "200ms, PT0.2S", "10s, PT10S", "5m, PT5M", "1h, PT1H", "1d, PT24H", "0s, PT0S", "' 10 S ', PT10S",
			"PT1H30M, PT1H30M", "p2d, PT48H" })
	void aDurationIsRead(String text, Duration duration) {
		assertThat(DurationText.parse(text)).isEqualTo(duration);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "10", "s", "10 seconds", "-10s", "PT-10S", "1.5s", "1h30m", "999999999999999999d",
			"9999999999999999999999s", "PT99999999999999999999H", "ten" })
	void whatIsNoDurationIsQuoted(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse(text))
			.withMessageContaining("'" + text + "'")
			.withMessageContaining("200ms, 10s, 5m, 1h, 1d");
	}

	@Test
	void aHugeTextIsCutAndItsControlCharactersAreEscaped() {
		assertThatIllegalArgumentException().isThrownBy(() -> DurationText.parse("a\nb\u001b" + "x".repeat(100_000)))
			.withMessageContaining("'a\\u000ab\\u001bx")
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(300));
	}

}
