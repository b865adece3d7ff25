package dev.q.retry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import dev.q.JobRetryPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RetryPoliciesTests {

	private static final Throwable FAILURE = new IllegalStateException("boom");

	private static final RandomGenerator LEAST = () -> 0L;

	private static final RandomGenerator MOST = () -> -1L;

	private static final JobRetryPolicy OWN = (failures, failure) -> Duration.ofSeconds(7);

	private final RetryPolicies least = new RetryPolicies(Map.of("calm", OWN), LEAST);

	private final RetryPolicies most = new RetryPolicies(Map.of(), MOST);

	@Test
	void sidekiqGrowsWithTheFourthPower() {
		assertThat(delay(this.least, "sidekiq", 1)).isEqualTo(Duration.ofSeconds(15));
		assertThat(delay(this.least, "sidekiq", 2)).isEqualTo(Duration.ofSeconds(16));
		assertThat(delay(this.least, "sidekiq", 25)).isEqualTo(Duration.ofSeconds(24 * 24 * 24 * 24 + 15));
		assertThat(delay(this.most, "sidekiq", 1)).isEqualTo(Duration.ofSeconds(15 + 29));
		assertThat(delay(this.most, "sidekiq", 3)).isEqualTo(Duration.ofSeconds(16 + 15 + 29 * 3));
	}

	@Test
	void sidekiqSpreadsOverThirtySteps() {
		RetryPolicies policies = new RetryPolicies(Map.of(), new Random(1));

		assertThat(IntStream.range(0, 1000).mapToObj((i) -> delay(policies, "sidekiq", 1)).distinct()).hasSize(30);
	}

	@Test
	void fixedStaysTheSame() {
		assertThat(delay(this.least, "fixed(200ms)", 1)).isEqualTo(Duration.ofMillis(200));
		assertThat(delay(this.least, "fixed(200ms)", 1000)).isEqualTo(Duration.ofMillis(200));
		assertThat(delay(this.least, "fixed(0s)", 1)).isZero();
	}

	@Test
	void linearGrowsByItsStep() {
		assertThat(delay(this.least, "linear(30s)", 1)).isEqualTo(Duration.ofSeconds(30));
		assertThat(delay(this.least, "linear(30s)", 3)).isEqualTo(Duration.ofSeconds(90));
	}

	@Test
	void exponentialGrowsByItsFactorUpToItsCap() {
		assertThat(delay(this.least, "exponential(1s, 3, 1m)", 1)).isEqualTo(Duration.ofSeconds(1));
		assertThat(delay(this.least, "exponential(1s, 3, 1m)", 4)).isEqualTo(Duration.ofSeconds(27));
		assertThat(delay(this.least, "exponential(1s, 3, 1m)", 5)).isEqualTo(Duration.ofMinutes(1));
	}

	@Test
	void whatExponentialLeavesOutHasDefaults() {
		assertThat(this.least.parse("exponential(1s)")).isEqualTo(this.least.parse("exponential( PT1S,2.0,60m,.2 )"));
	}

	@Test
	void jitterLengthensAndNeverShortens() {
		RetryPolicies policies = new RetryPolicies(Map.of(), new Random(1));

		assertThat(IntStream.range(0, 1000).mapToObj((i) -> delay(policies, "exponential(10s, 2, 10s, 0.5)", 9)))
			.allSatisfy((delay) -> assertThat(delay).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15)))
			.anySatisfy((delay) -> assertThat(delay).isGreaterThan(Duration.ofSeconds(14)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "sidekiq", "linear(1d)", "linear(9999999999999d)", "fixed(9999999999999d)",
			"exponential(1s, 2, 999999999d, 1)", "exponential(1s, 1e308, 9999999999d, 1)" })
	void noDelayOverflows(String text) {
		for (RetryPolicies policies : List.of(this.least, this.most)) {
			assertThat(delay(policies, text, Integer.MAX_VALUE)).isEqualTo(Duration.ofDays(3650));
			for (int failures = 1; failures < 5000; failures++) {
				assertThat(delay(policies, text, failures)).isBetween(Duration.ofMillis(1), Duration.ofDays(3650));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "sidekiq", "linear(1s)", "exponential(1s)" })
	void aCountThatIsNoneIsTakenForTheFirst(String text) {
		assertThat(delay(this.least, text, 0)).isEqualTo(delay(this.least, text, 1));
		assertThat(delay(this.least, text, Integer.MIN_VALUE)).isEqualTo(delay(this.least, text, 1));
	}

	@Test
	void aPolicyOfTheApplicationIsFoundByItsName() {
		assertThat(this.least.parse("calm")).isSameAs(OWN);
	}

	@Test
	void aTextIsReadOnce() {
		assertThat(this.least.parse("linear(31s)")).isSameAs(this.least.parse("linear(31s)"));
	}

	@Test
	void moreTextsThanAreRememberedCanBeRead() {
		for (int i = 1; i <= 3000; i++) {
			assertThat(delay(this.least, "fixed(" + i + "s)", 1)).isEqualTo(Duration.ofSeconds(i));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "sidekick", "Sidekiq", "sidekiq()", "sidekiq(1)", "fixed", "fixed()x",
			"fixed(1s, 2s)", "linear()(", "exponential", "exponential(1s, 2, 1h, 0.2, 5)", "calm(1s)" })
	void anUnknownTextIsQuotedWithAllThatIsKnown(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.least.parse(text))
			.withMessageContaining("'" + text + "'")
			.withMessageContaining("sidekiq, fixed(200ms), linear(30s), exponential(1s, 2, 1h, 0.2)")
			.withMessageContaining("calm");
	}

	@ParameterizedTest
	@ValueSource(strings = { "fixed()", "fixed(soon)", "fixed(-1s)", "linear(0s)", "exponential(0s)",
			"exponential(1s, 0.5)", "exponential(1s, NaN)", "exponential(1s, Infinity)", "exponential(1s, two)",
			"exponential(1h, 2, 1s)", "exponential(1s, 2, 1h, -0.1)", "exponential(1s, 2, 1h, 1.1)",
			"exponential(1s, 2, 1h, NaN)", "exponential(1s,,1h)" })
	void aWrongArgumentIsReportedWithTheWholeText(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.least.parse(text))
			.withMessageContaining("'" + text + "' cannot be read");
	}

	@Test
	void aHugeTextIsRefusedInShort() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.least.parse("fixed(1s" + " ".repeat(1_000_000) + ")"))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(400));
	}

	@Test
	void theApplicationCannotTakeTheNameOfTheDefault() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicies(Map.of("sidekiq", OWN), LEAST))
			.withMessageContaining("another name");
	}

	private static Duration delay(RetryPolicies policies, String text, int failures) {
		return policies.parse(text).delayAfter(failures, FAILURE);
	}

}
