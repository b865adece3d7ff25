package dev.q.handler;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.JobOptions;
import dev.q.job.TypeName;
import dev.q.retry.HandlerRetry;
import dev.q.retry.RetryPolicies;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HandlerScannerTests {

	private final HandlerScanner scanner = new HandlerScanner(
			new RetryPolicies(Map.of("calm", (failures, failure) -> Duration.ofSeconds(1)), new Random(1)));

	@Test
	void anObjectWithoutMarksHasNoHandlers() {
		assertThat(this.scanner.scan(new Object(), Object.class)).isEmpty();
		assertThat(this.scanner.scan("text", String.class)).isEmpty();
	}

	@Test
	void eachSignatureIsCalledWithWhatItTakes() throws Exception {
		Signatures bean = new Signatures();
		JobContext context = new FixedContext();

		for (String type : List.of("nothing", "payload", "context", "both", "hidden", "shared")) {
			assertThat(call(bean, type, "x", context)).isEqualTo(type);
		}
		assertThat(call(bean, "silent", "x", context)).isNull();
		assertThat(call(bean, "primitive", 3, context)).isEqualTo(6);
	}

	@Test
	void theDefinitionSaysWhatIsTakenAndWhereItWasDeclared() {
		HandlerDefinition both = find(new Signatures(), "both");

		assertThat(both.payloadType()).isEqualTo(String.class);
		assertThat(both.origin()).isEqualTo(Signatures.class.getTypeName() + ".both(String, JobContext)");
		assertThat(find(new Signatures(), "context").payloadType()).isNull();
	}

	@Test
	void aGenericPayloadTypeIsKept() {
		assertThat(find(new Signatures(), "generic").payloadType()).isInstanceOfSatisfying(ParameterizedType.class,
				(type) -> assertThat(type.getActualTypeArguments()).containsExactly(Integer.class));
	}

	@Test
	void aNullablePayloadAcceptsNull() {
		assertThat(find(new Signatures(), "optional").invoker().acceptsNull()).isTrue();
		assertThat(find(new Signatures(), "payload").invoker().acceptsNull()).isFalse();
	}

	@Test
	void failuresThatAreRetriedAndThoseThatAreNotAreRead() {
		HandlerRetry retry = find(new Attributes(), "choosy").retry();

		assertThat(retry.policy()).isEqualTo("calm");
		assertThat(retry.retryOn()).containsExactly(IOException.class);
		assertThat(retry.noRetryOn()).containsExactly(FileNotFoundException.class);
		assertThat(find(new Attributes(), "none").retry()).isEqualTo(HandlerRetry.NONE);
	}

	@Test
	void attributesBecomeOptions() {
		assertThat(find(new Attributes(), "all").options()).isEqualTo(JobOptions.NONE.queue("mail")
			.priority(0)
			.maxAttempts(3)
			.retry("exponential(1s, 2)")
			.lease(Duration.ofMinutes(2))
			.timeout(Duration.ofSeconds(90)));
		assertThat(find(new Attributes(), "own").options()).isEqualTo(JobOptions.NONE.retry("calm"));
		assertThat(find(new Attributes(), "none").options()).isEqualTo(JobOptions.NONE);
	}

	@Test
	void theMethodThatIsCalledMayBeAnother() throws Exception {
		Method other = Signatures.class.getDeclaredMethod("hidden", String.class);

		HandlerDefinition definition = this.scanner
			.scan(new Signatures(), Signatures.class, (method) -> method.getName().equals("payload") ? other : method)
			.stream()
			.filter((each) -> each.type().equals(new TypeName("payload")))
			.findFirst()
			.orElseThrow();

		assertThat(definition.invoker().invoke("x", new FixedContext())).isEqualTo("hidden");
		assertThat(definition.origin()).contains("payload(String)");
	}

	private @Nullable Object call(Object bean, String type, Object payload, JobContext context) throws Exception {
		return find(bean, type).invoker().invoke(payload, context);
	}

	private HandlerDefinition find(Object bean, String type) {
		return HandlerRegistry.of(this.scanner.scan(bean, bean.getClass())).find(new TypeName(type)).orElseThrow();
	}

	static class Signatures {

		@JobHandler("nothing")
		String nothing() {
			return "nothing";
		}

		@JobHandler("payload")
		String payload(String text) {
			assertThat(text).isEqualTo("x");
			return "payload";
		}

		@JobHandler("context")
		protected String context(JobContext context) {
			assertThat(context).isInstanceOf(FixedContext.class);
			return "context";
		}

		@JobHandler("both")
		String both(String text, JobContext context) {
			assertThat(text).isEqualTo("x");
			assertThat(context).isInstanceOf(FixedContext.class);
			return "both";
		}

		@JobHandler("hidden")
		@SuppressWarnings("UnusedMethod") // found by its annotation
		private String hidden(String text) {
			assertThat(text).isEqualTo("x");
			return "hidden";
		}

		@JobHandler("shared")
		static String shared() {
			return "shared";
		}

		@JobHandler("silent")
		void silent(String text) {
			assertThat(text).isEqualTo("x");
		}

		@JobHandler("primitive")
		int primitive(int number) {
			return 2 * number;
		}

		@JobHandler("generic")
		void generic(List<Integer> numbers) {
			assertThat(numbers).isNotNull();
		}

		@JobHandler("optional")
		void optional(@Nullable String text) {
			assertThat(text).isNull();
		}

	}

	static class Attributes {

		@JobHandler(value = "all", queue = "mail", priority = 0, maxAttempts = 3, retry = "exponential(1s, 2)",
				lease = "2m", timeout = "90s")
		void all() {
			assertThat(this).isNotNull();
		}

		@JobHandler(value = "own", retry = "calm")
		void own() {
			assertThat(this).isNotNull();
		}

		@JobHandler(value = "choosy", retry = "calm", retryOn = { IOException.class, IOException.class },
				noRetryOn = FileNotFoundException.class)
		void choosy() {
			assertThat(this).isNotNull();
		}

		@JobHandler("none")
		void none() {
			assertThat(this).isNotNull();
		}

	}

}
