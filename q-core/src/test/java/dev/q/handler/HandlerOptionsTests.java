package dev.q.handler;

import java.time.Duration;
import java.util.Map;
import java.util.Random;

import dev.q.JobHandler;
import dev.q.JobOptions;
import dev.q.TransactionMode;
import dev.q.job.DeliveryMode;
import dev.q.job.Durability;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey;
import dev.q.retry.RetryPolicies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a handler says of its jobs.
 */
class HandlerOptionsTests {

	private final HandlerScanner scanner = new HandlerScanner(new RetryPolicies(Map.of(), new Random(1)));

	@Test
	void allThatAHandlerSaysIsRead() {
		assertThat(optionsOf(new Talkative())).isEqualTo(JobOptions.NONE.queue("mail")
			.priority(2)
			.maxAttempts(3)
			.maxCrashes(4)
			.retry("fixed(1s)")
			.lease(Duration.ofMinutes(1))
			.timeout(Duration.ofSeconds(5))
			.timeToLive(Duration.ofHours(12))
			.delivery(DeliveryMode.AT_LEAST_ONCE)
			.durability(new Durability.Replicated(2, Duration.ofSeconds(5)))
			.uniqueByPayload(new UniqueKey.ByPayload(new UniqueKey.Scope.Window(Duration.ofMinutes(10)),
					UniqueKey.Conflict.THROW))
			.transaction(TransactionMode.NONE));
	}

	@Test
	void aHandlerThatSaysNothingLeavesAllToTheNextLayer() {
		assertThat(optionsOf(new Silent())).isEqualTo(JobOptions.NONE);
	}

	@Test
	void aHandlerMaySayHowManyOfItRunAtOnceAndSettingsGoBeforeThat() {
		HandlerScanner overruled = new HandlerScanner(new RetryPolicies(Map.of(), new Random(1)),
				Map.of(new TypeName("t"), 7));

		assertThat(this.scanner.scan(new Few(), Few.class).get(0).concurrency()).isEqualTo(2);
		assertThat(this.scanner.scan(new Silent(), Silent.class).get(0).concurrency()).isZero();
		assertThat(overruled.scan(new Few(), Few.class).get(0).concurrency()).isEqualTo(7);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.scanner.scan(new Few(), Few.class).get(0).withConcurrency(-1))
			.withMessageContaining("-1");
	}

	@Test
	void whatContradictsItselfIsRefusedWithBothValues() {
		refuses(new OnceAndAgain(), "maxAttempts: There are 3, but delivery is AT_MOST_ONCE");
		refuses(new TwoDeliveries(), "delivery: There can be one, but there are [AT_MOST_ONCE, AT_LEAST_ONCE]");
		refuses(new ConflictAlone(), "uniqueConflict: It is THROW, but nothing says that jobs are unique");
	}

	@Test
	void whatCannotBeUsedIsRefusedWithItsName() {
		refuses(new NoDurability(), "durability: A durability is written as standard, relaxed");
		refuses(new NoScope(), "uniqueByPayload: How long jobs are unique is written as pending");
		refuses(new NoTime(), "timeToLive: A time to live must be more than zero, but was PT0S");
		refuses(new NoCrash(), "maxCrashes: ");
		refuses(new NoSlot(), "concurrency: At least 1 attempt must be allowed at once, but -1 were");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			standard                    | Standard[]
			' Relaxed '                 | Relaxed[]
			replicated(1, 5s)           | Replicated[replicas=1, timeout=PT5S]
			replicated( 999999999 ,1h ) | Replicated[replicas=999999999, timeout=PT1H]
			""")
	void aDurabilityIsWrittenAsText(String text, String durability) {
		assertThat(OptionText.durability(text)).hasToString(durability);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "safe", "replicated", "replicated()", "replicated(1)", "replicated(-1, 5s)",
			"replicated(0, 5s)", "replicated(1, 0s)", "replicated(1, 2h)", "replicated(9999999999, 5s)",
			"replicated(1, soon)" })
	void aTextThatIsNoDurabilityIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> OptionText.durability(text));
	}

	@ParameterizedTest
	@CsvSource({ "pending, Pending[]", "until-done, UntilDone[]", "UNTIL-SUCCESS, UntilSuccess[]",
			"window(10m), Window[length=PT10M]" })
	void aScopeIsWrittenAsText(String text, String scope) {
		assertThat(OptionText.scope(text)).hasToString(scope);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "for-ever", "until_done", "window", "window()", "window(0s)", "window(-1s)",
			"window(99999999999999999999d)" })
	void aTextThatIsNoScopeIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> OptionText.scope(text));
	}

	private JobOptions optionsOf(Object bean) {
		return this.scanner.scan(bean, bean.getClass()).get(0).options();
	}

	private void refuses(Object bean, String problem) {
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> optionsOf(bean))
			.withMessageContaining(bean.getClass().getTypeName() + ".run")
			.withMessageContaining(problem);
	}

	static class Talkative {

		@JobHandler(value = "t", queue = "mail", priority = 2, maxAttempts = 3, maxCrashes = 4, retry = "fixed(1s)",
				lease = "1m", timeout = "5s", timeToLive = "12h", delivery = DeliveryMode.AT_LEAST_ONCE,
				durability = "replicated(2, 5s)", uniqueByPayload = "window(10m)",
				uniqueConflict = UniqueKey.Conflict.THROW, transaction = TransactionMode.NONE)
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class Silent {

		@JobHandler("t")
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class OnceAndAgain {

		@JobHandler(value = "t", delivery = DeliveryMode.AT_MOST_ONCE, maxAttempts = 3)
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class TwoDeliveries {

		@JobHandler(value = "t", delivery = { DeliveryMode.AT_MOST_ONCE, DeliveryMode.AT_LEAST_ONCE })
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class ConflictAlone {

		@JobHandler(value = "t", uniqueConflict = UniqueKey.Conflict.THROW)
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class NoDurability {

		@JobHandler(value = "t", durability = "safe")
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class NoScope {

		@JobHandler(value = "t", uniqueByPayload = "always")
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class NoTime {

		@JobHandler(value = "t", timeToLive = "0s")
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class Few {

		@JobHandler(value = "t", concurrency = 2)
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class NoSlot {

		@JobHandler(value = "t", concurrency = -1)
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class NoCrash {

		@JobHandler(value = "t", maxCrashes = -1)
		void run() {
			assertThat(this).isNotNull();
		}

	}

}
