package dev.q.attempt;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.q.JobContext;
import dev.q.JobOutcome;
import dev.q.PermanentJobException;
import dev.q.event.JobEvents;
import dev.q.event.RecordedFailureException;
import dev.q.hook.HandlerChain;
import dev.q.hook.JobInterceptor;
import dev.q.job.DeadReason;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.StoredResult;
import dev.q.scene.EngineScene;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Who stands around handlers, and who hears of their failures.
 */
class HookTests {

	private final EngineScene scene = new EngineScene();

	private final List<String> seen = new ArrayList<>();

	private final List<Failure> failures = new ArrayList<>();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void interceptorsStandAroundEachOtherInTheirOrder() {
		this.scene.handle("greet", (payload, context) -> {
			this.seen.add("handler " + payload + " " + MDC.get("tenant"));
			return "hello";
		});

		JobId id = run("greet", noting("outer"), (context, next) -> {
			MDC.put("tenant", "a");
			this.seen.add("inner " + next.payload() + " " + context.attempt());
			return next.proceed() + ", you";
		});

		assertThat(this.seen).containsExactly("before outer", "inner payload 1", "handler payload a", "after outer");
		assertThat(MDC.get("tenant")).as("after the attempt").isNull();
		StoredResult.Value result = (StoredResult.Value) this.scene.find(id).result();
		assertThat(this.scene.decode(result.payload(), String.class)).isEqualTo("hello, you");
	}

	@Test
	void whatAHandlerCallsFindsItsContext() {
		AtomicReference<JobContext> given = new AtomicReference<>();
		AtomicReference<JobContext> found = new AtomicReference<>();
		this.scene.handle("greet", (payload, context) -> {
			given.set(context);
			found.set(JobContext.current());
			throw new IOException("the handler");
		});

		run("greet", (context, next) -> {
			assertThat(JobContext.current()).isSameAs(context);
			return next.proceed();
		});

		assertThat(found.get()).isNotNull().isSameAs(given.get());
		assertThatIllegalStateException().isThrownBy(JobContext::current)
			.withMessageContaining(Thread.currentThread().getName());
	}

	@Test
	void aJobThatIsWorkedInsideAHandlerHasItsOwnContext() throws Exception {
		HandlerChain chain = new HandlerChain(List.of());
		this.scene.handle("greet", (payload, outer) -> {
			JobContext inner = (JobContext) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { JobContext.class }, (proxy, method, args) -> null);
			chain.call((nothing, context) -> {
				assertThat(JobContext.current()).isSameAs(inner);
				return null;
			}, null, inner);
			assertThat(JobContext.current()).isSameAs(outer);
			return true;
		});

		JobId id = run("greet");

		StoredResult.Value result = (StoredResult.Value) this.scene.find(id).result();
		assertThat(this.scene.decode(result.payload(), Boolean.class)).isEqualTo(true);
	}

	@Test
	void anInterceptorMaySayWhatBecomesOfTheJobInsteadOfTheHandler() {
		this.scene.handle("greet", (payload, context) -> this.seen.add("handler"));

		JobId id = run("greet", (context, next) -> JobOutcome.cancel("not today"));

		assertThat(this.scene.find(id).state()).isEqualTo(JobState.CANCELLED);
		assertThat(this.scene.find(id).cancelReason()).isEqualTo("not today");
		assertThat(this.seen).isEmpty();
	}

	@Test
	void whatAnInterceptorThrowsIsAFailureOfTheHandler() {
		this.scene.handle("greet", (payload, context) -> "hello");

		JobId id = run("greet", noting("outer"), (context, next) -> {
			next.proceed();
			throw new IOException("the interceptor");
		});

		assertThat(this.scene.find(id).state()).isEqualTo(JobState.RETRYING);
		assertThat(this.scene.find(id).job().counters().failures()).isOne();
		assertThat(this.failures).extracting((failure) -> failure.thrown().getMessage())
			.containsExactly("the interceptor");
	}

	@Test
	void anInterceptorSeesWhatTheHandlerThrows() {
		IOException thrown = new IOException("the handler");
		this.scene.handle("greet", (payload, context) -> {
			throw thrown;
		});

		run("greet", (context, next) -> {
			try {
				return next.proceed();
			}
			catch (IOException ex) {
				this.seen.add(ex.getMessage());
				throw ex;
			}
		});

		assertThat(this.seen).containsExactly("the handler");
		assertThat(this.failures).containsExactly(new Failure(JobState.RETRYING, thrown, true));
	}

	@Test
	void aFailureIsToldOnceItIsStoredWithWhatWasThrown() {
		PermanentJobException thrown = new PermanentJobException("for good");
		this.scene.handle("greet", (payload, context) -> {
			throw thrown;
		});

		run("greet");

		assertThat(this.failures).containsExactly(new Failure(JobState.DEAD, thrown, false));
	}

	@Test
	void aFailureThatIsReturnedIsToldToo() {
		IOException cause = new IOException("the disk");
		this.scene.handle("greet", (payload, context) -> JobOutcome.fail("drill", cause));

		run("greet");

		assertThat(this.failures).hasSize(1);
		assertThat(this.failures.get(0).thrown()).hasMessage("drill").hasCause(cause);
	}

	@Test
	void aJobOfATypeThatNobodyKnowsIsToldAsARecordedFailure() {
		run("nobody-knows", Duration.ofHours(25));

		assertThat(this.failures).hasSize(1);
		assertThat(this.failures.get(0).thrown()).isInstanceOf(RecordedFailureException.class)
			.hasMessageContaining("nobody-knows");
		assertThat(this.failures.get(0).willRetry()).isFalse();
	}

	@Test
	void whatIsNoFailureIsNotTold() {
		this.scene.handle("greet", (payload, context) -> JobOutcome.snooze(Duration.ofMinutes(1)));

		run("greet");

		assertThat(this.failures).isEmpty();
	}

	@Test
	void aListenerThatThrowsMasksNothingAndKeepsNobodyFromHearing() {
		this.scene.handle("greet", (payload, context) -> {
			throw new PermanentJobException("for good");
		});
		JobEvents events = new JobEvents(List.of(), List.of((job, failure, willRetry) -> {
			throw new IllegalStateException("the listener");
		}, (job, failure, willRetry) -> this.seen.add(failure.getMessage())));
		JobId id = this.scene.enqueue("greet", "payload");

		try (ManualJobEngine engine = this.scene.engine(events, List.of())) {
			engine.runDueJobs();
		}

		assertThat(this.seen).containsExactly("for good");
		assertThat(this.scene.find(id).deadReason()).isEqualTo(DeadReason.PERMANENT);
	}

	private JobInterceptor noting(String name) {
		return (context, next) -> {
			this.seen.add("before " + name);
			Object answer = next.proceed();
			this.seen.add("after " + name);
			return answer;
		};
	}

	private JobId run(String type, JobInterceptor... interceptors) {
		return run(type, Duration.ZERO, interceptors);
	}

	private JobId run(String type, Duration span, JobInterceptor... interceptors) {
		JobId id = this.scene.enqueue(type, "payload");
		JobEvents events = new JobEvents(List.of(), List.of((job, failure, willRetry) -> this.failures
			.add(new Failure(this.scene.find(job.id()).state(), failure, willRetry))));
		try (ManualJobEngine engine = this.scene.engine(events, List.of(interceptors))) {
			engine.runDueJobs();
			if (!span.isZero()) {
				engine.advance(span);
			}
		}
		return id;
	}

	/**
	 * What was told of a failure, and where the job stood in the store by then.
	 */
	private record Failure(JobState state, Throwable thrown, boolean willRetry) {
	}

}
