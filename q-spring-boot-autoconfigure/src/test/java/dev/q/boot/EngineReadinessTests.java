package dev.q.boot;

import java.util.ArrayList;
import java.util.List;

import dev.q.engine.EngineHealth;
import dev.q.engine.EngineHealth.Kind;
import org.junit.jupiter.api.Test;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;

import static org.assertj.core.api.Assertions.assertThat;

class EngineReadinessTests {

	private final List<Object> published = new ArrayList<>();

	private final EngineReadiness readiness = new EngineReadiness(this.published::add);

	@Test
	void aProblemOfTheWorkerTakesTheApplicationOutOfTrafficUntilItIsOver() {
		this.readiness.accept(health(Kind.TOO_MANY_ABANDONED_THREADS));
		this.readiness.accept(health(Kind.TOO_MANY_ABANDONED_THREADS, Kind.LOOP_STUCK));
		this.readiness.accept(health());
		this.readiness.accept(health());

		assertThat(this.published.stream().<Object>map((event) -> ((AvailabilityChangeEvent<?>) event).getState()))
			.containsExactly(ReadinessState.REFUSING_TRAFFIC, ReadinessState.ACCEPTING_TRAFFIC);
	}

	@Test
	void anOutageOfTheStoreDoesNot() {
		this.readiness.accept(health(Kind.LOOP_FAILING));
		this.readiness.accept(health());

		assertThat(this.published).isEmpty();
	}

	private static EngineHealth health(Kind... kinds) {
		return new EngineHealth(true,
				List.of(kinds).stream().map((kind) -> new EngineHealth.Problem(kind, "")).toList(), 0, null, 0);
	}

}
