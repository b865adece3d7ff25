package dev.q.retry;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

import dev.q.JobOutcome;
import dev.q.JobTimeoutException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HandlerRetryTests {

	@Test
	void allFailuresAreRetriedUnlessSomethingIsSaid() {
		assertThat(HandlerRetry.NONE.allowsRetryAfter(new IllegalStateException())).isTrue();
		assertThat(HandlerRetry.NONE.allowsRetryAfter(new StackOverflowError())).isTrue();
	}

	@Test
	void onlyTheNamedFailuresAndTheirSubclassesAreRetried() {
		HandlerRetry retry = new HandlerRetry(null, Set.of(IOException.class), Set.of());

		assertThat(retry.allowsRetryAfter(new IOException())).isTrue();
		assertThat(retry.allowsRetryAfter(new FileNotFoundException())).isTrue();
		assertThat(retry.allowsRetryAfter(new IllegalStateException())).isFalse();
	}

	@Test
	void namedFailuresAndTheirSubclassesAreNotRetried() {
		HandlerRetry retry = new HandlerRetry(null, Set.of(), Set.of(IOException.class));

		assertThat(retry.allowsRetryAfter(new FileNotFoundException())).isFalse();
		assertThat(retry.allowsRetryAfter(new IllegalStateException())).isTrue();
	}

	@Test
	void theNearestClassDecides() {
		HandlerRetry except = new HandlerRetry(null, Set.of(IOException.class), Set.of(FileNotFoundException.class));
		HandlerRetry only = new HandlerRetry(null, Set.of(FileNotFoundException.class), Set.of(IOException.class));

		assertThat(except.allowsRetryAfter(new IOException())).isTrue();
		assertThat(except.allowsRetryAfter(new FileNotFoundException())).isFalse();
		assertThat(only.allowsRetryAfter(new IOException())).isFalse();
		assertThat(only.allowsRetryAfter(new FileNotFoundException())).isTrue();
	}

	@Test
	void aFailureThatAHandlerToldIsJudgedByItsCause() {
		HandlerRetry retry = new HandlerRetry(null, Set.of(IOException.class), Set.of());

		assertThat(retry.allowsRetryAfter(JobOutcome.fail("told").toException())).isTrue();
		assertThat(retry.allowsRetryAfter(JobOutcome.fail("told", new FileNotFoundException()).toException())).isTrue();
		assertThat(retry.allowsRetryAfter(JobOutcome.fail("told", new IllegalStateException()).toException()))
			.isFalse();
	}

	@Test
	void aTimeoutIsAFailureLikeOthers() {
		HandlerRetry retry = new HandlerRetry(null, Set.of(), Set.of(JobTimeoutException.class));

		assertThat(retry.allowsRetryAfter(new JobTimeoutException(Duration.ofSeconds(1), new InterruptedException())))
			.isFalse();
	}

	@Test
	void aClassThatIsNamedTwiceIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new HandlerRetry(null, Set.of(IOException.class), Set.of(IOException.class)))
			.withMessageContaining("java.io.IOException");
	}

}
