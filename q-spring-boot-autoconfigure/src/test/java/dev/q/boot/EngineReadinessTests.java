package dev.q.boot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.q.engine.EngineHealth;
import dev.q.engine.EngineHealth.Kind;
import org.junit.jupiter.api.Test;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class EngineReadinessTests {

	private final List<ReadinessState> published = new ArrayList<>();

	private final EngineReadiness readiness = new EngineReadiness(this::publish);

	@Test
	void aProblemOfTheWorkerTakesTheApplicationOutOfTrafficUntilItIsOver() {
		others(ReadinessState.ACCEPTING_TRAFFIC);

		this.readiness.accept(health(Kind.TOO_MANY_ABANDONED_THREADS));
		this.readiness.accept(health(Kind.TOO_MANY_ABANDONED_THREADS, Kind.LOOP_DIED));
		this.readiness.accept(health());
		this.readiness.accept(health());

		assertThat(this.published).containsExactly(ReadinessState.REFUSING_TRAFFIC, ReadinessState.ACCEPTING_TRAFFIC);
	}

	@Test
	void anOutageOfTheStoreDoesNot() {
		others(ReadinessState.ACCEPTING_TRAFFIC);

		this.readiness.accept(health(Kind.LOOP_FAILING));
		this.readiness.accept(health());

		assertThat(this.published).isEmpty();
	}

	@Test
	void anApplicationThatStopsIsNotPutBackIntoTraffic() {
		others(ReadinessState.ACCEPTING_TRAFFIC);
		this.readiness.accept(health(Kind.TOO_MANY_ABANDONED_THREADS));

		others(ReadinessState.REFUSING_TRAFFIC);
		this.readiness.accept(health());

		assertThat(this.published).containsExactly(ReadinessState.REFUSING_TRAFFIC);
	}

	@Test
	void anApplicationThatIsNotReadyYetIsNotPutIntoTrafficEarly() {
		this.readiness.accept(health(Kind.LOOP_DIED));
		this.readiness.accept(health());

		assertThat(this.published).isEmpty();
	}

	@Test
	void anApplicationWhoseWorkerIsUnwellBeforeItIsReadyStaysOutOfTraffic() {
		this.readiness.accept(health(Kind.DAMAGED_JVM));
		others(ReadinessState.ACCEPTING_TRAFFIC);

		assertThat(this.published).containsExactly(ReadinessState.REFUSING_TRAFFIC);
	}

	@Test
	void itHearsWhatTheApplicationSaysOfItsReadiness() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
				EngineReadiness.class)) {
			List<Object> heard = new ArrayList<>();
			context.addApplicationListener((event) -> {
				if (event instanceof AvailabilityChangeEvent<?> change) {
					heard.add(change.getState());
				}
			});
			AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);

			context.getBean(EngineReadiness.class).accept(health(Kind.DAMAGED_JVM));

			assertThat(heard).containsExactly(ReadinessState.ACCEPTING_TRAFFIC, ReadinessState.REFUSING_TRAFFIC);
		}
	}

	private void others(ReadinessState state) {
		this.readiness.onApplicationEvent(new AvailabilityChangeEvent<>(this, state));
	}

	@SuppressWarnings("unchecked")
	private void publish(Object event) {
		AvailabilityChangeEvent<ReadinessState> change = (AvailabilityChangeEvent<ReadinessState>) event;
		this.published.add(change.getState());
		this.readiness.onApplicationEvent(change);
	}

	private static EngineHealth health(Kind... kinds) {
		return new EngineHealth(true,
				List.of(kinds).stream().map((kind) -> new EngineHealth.Problem(kind, "")).toList(), 0, null, 0,
				Duration.ZERO, false);
	}

}
