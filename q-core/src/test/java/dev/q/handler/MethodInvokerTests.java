package dev.q.handler;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import dev.q.JobHandler;
import dev.q.job.TypeName;
import dev.q.retry.RetryPolicies;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MethodInvokerTests {

	private final HandlerRegistry registry = HandlerRegistry
		.of(new HandlerScanner(new RetryPolicies(Map.of(), new Random(1))).scan(new Failing(), Failing.class));

	@Test
	void anExceptionComesOutAsItWasThrown() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> call("checked"))
			.withMessage("checked")
			.withNoCause();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> call("unchecked")).withNoCause();
	}

	@Test
	void anErrorComesOutAsItWasThrown() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> call("error")).withMessage("error");
	}

	@Test
	void whatIsNeitherIsTheCause() {
		assertThatExceptionOfType(UndeclaredThrowableException.class).isThrownBy(() -> call("throwable"))
			.withCauseInstanceOf(Neither.class);
	}

	@Test
	void theStackTraceHoldsNothingBetweenTheHandlerAndItsCaller() {
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> call("unchecked"))
			.satisfies((ex) -> assertThat(Stream.of(ex.getStackTrace()).map(StackTraceElement::getMethodName).limit(3))
				.containsExactly("unchecked", "invoke", "call"));
	}

	private void call(String type) throws Exception {
		this.registry.find(new TypeName(type)).orElseThrow().invoker().invoke(null, new FixedContext());
	}

	static class Failing {

		@JobHandler("checked")
		void checked() throws IOException {
			throw new IOException("checked");
		}

		@JobHandler("unchecked")
		void unchecked() {
			throw new IllegalStateException("unchecked");
		}

		@JobHandler("error")
		void error() {
			throw new AssertionError("error");
		}

		@JobHandler("throwable")
		void throwable() throws Throwable {
			throw new Neither();
		}

	}

	static class Neither extends Throwable {

	}

}
