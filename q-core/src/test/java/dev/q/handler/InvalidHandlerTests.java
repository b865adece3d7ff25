package dev.q.handler;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.retry.RetryPolicies;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InvalidHandlerTests {

	private final HandlerScanner scanner = new HandlerScanner(new RetryPolicies(Map.of(), new Random(1)));

	@Test
	void wrongParametersAreRefused() {
		refuses(new TwoPayloads()).withMessageContaining(TwoPayloads.class.getTypeName() + ".run(String, String)")
			.withMessageContaining("2 parameters")
			.withMessageContaining("payload first, a JobContext second");
		refuses(new ContextFirst()).withMessageContaining("2 parameters, its JobContext among the first");
		refuses(new TwoContexts()).withMessageContaining("takes a dev.q.JobContext as payload");
		refuses(new OwnContext()).withMessageContaining("Ask for a dev.q.JobContext");
		refuses(new Variable()).withMessageContaining("variable number of arguments");
	}

	@Test
	void aPayloadTypeThatIsNotDefiniteIsRefused() {
		refuses(new Generic<String>()).withMessageContaining("of type T").withMessageContaining("Override the method");
		refuses(new GenericList<String>()).withMessageContaining("java.util.List<T[]>");
	}

	@Test
	void wrongAttributesAreRefusedWithTheirName() {
		refuses(new NoType()).withMessageContaining("value: ");
		refuses(new WrongQueue()).withMessageContaining("queue: ").withMessageContaining("'my queue'");
		refuses(new WrongPriority()).withMessageContaining("priority: ").withMessageContaining("10");
		refuses(new NegativePriority()).withMessageContaining("priority: ").withMessageContaining("-2");
		refuses(new WrongAttempts()).withMessageContaining("maxAttempts: ").withMessageContaining("-1");
		refuses(new WrongLease()).withMessageContaining("lease: ").withMessageContaining("'soon'");
		refuses(new ShortLease()).withMessageContaining("lease: ").withMessageContaining("PT0.5S");
		refuses(new WrongRetry()).withMessageContaining("retry: ")
			.withMessageContaining("'sidekick'")
			.withMessageContaining("Known are sidekiq");
	}

	@Test
	void aResultThatIsStillToComeIsRefusedSinceItsFailureWouldBeLost() {
		refuses(new Promising()).withMessageContaining("java.util.concurrent.CompletableFuture")
			.withMessageContaining("return the value");
		refuses(new Staged()).withMessageContaining("java.util.concurrent.CompletionStage");
		refuses(new Flowing()).withMessageContaining("java.util.concurrent.Flow$Publisher");
		refuses(new Reactive()).withMessageContaining("Reactive$Stream");
	}

	private ThrowableAssertAlternative<InvalidHandlerException> refuses(Object bean) {
		return assertThatExceptionOfType(InvalidHandlerException.class)
			.isThrownBy(() -> this.scanner.scan(bean, bean.getClass()))
			.withMessageContaining("@JobHandler method " + bean.getClass().getTypeName() + ".run");
	}

	static class TwoPayloads {

		@JobHandler("t")
		void run(String one, String two) {
			assertThat(one).isNotEqualTo(two);
		}

	}

	static class ContextFirst {

		@JobHandler("t")
		void run(JobContext context, String payload) {
			assertThat(payload).isNotEqualTo(context);
		}

	}

	static class TwoContexts {

		@JobHandler("t")
		void run(JobContext one, JobContext two) {
			assertThat(one).isNotEqualTo(two);
		}

	}

	static class OwnContext {

		@JobHandler("t")
		void run(FixedContext context) {
			assertThat(context).isNotNull();
		}

	}

	static class Variable {

		@JobHandler("t")
		void run(String... texts) {
			assertThat(texts).isNotNull();
		}

	}

	static class Generic<T> {

		@JobHandler("t")
		void run(T payload) {
			assertThat(payload).isNotNull();
		}

	}

	static class GenericList<T> {

		@JobHandler("t")
		void run(List<T[]> payload) {
			assertThat(payload).isNotNull();
		}

	}

	static class NoType {

		@JobHandler("")
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class WrongQueue {

		@JobHandler(value = "t", queue = "my queue")
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class WrongPriority {

		@JobHandler(value = "t", priority = 10)
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class NegativePriority {

		@JobHandler(value = "t", priority = -2)
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class WrongAttempts {

		@JobHandler(value = "t", maxAttempts = -1)
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class WrongLease {

		@JobHandler(value = "t", lease = "soon")
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class ShortLease {

		@JobHandler(value = "t", lease = "500ms")
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class WrongRetry {

		@JobHandler(value = "t", retry = "sidekick")
		void run() {
			assertThat(this).isNotNull();
		}

	}

	static class Promising {

		@JobHandler("t")
		CompletableFuture<String> run() {
			return CompletableFuture.completedFuture("later");
		}

	}

	static class Staged {

		@JobHandler("t")
		CompletionStage<String> run() {
			return CompletableFuture.completedStage("later");
		}

	}

	static class Flowing {

		@JobHandler("t")
		Flow.Publisher<String> run() {
			return (subscriber) -> subscriber.onComplete();
		}

	}

	static class Reactive {

		@JobHandler("t")
		Stream run() {
			return new Stream();
		}

		static class Stream implements Publisher {

		}

	}

}
