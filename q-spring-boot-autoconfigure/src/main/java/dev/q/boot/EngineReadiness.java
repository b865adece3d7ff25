package dev.q.boot;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.q.engine.EngineHealth;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Takes the application out of traffic while its worker has a problem of its own, and
 * puts it back when that is over. Leaves alone what others have done to the readiness.
 */
final class EngineReadiness implements Consumer<EngineHealth> {

	private final ApplicationEventPublisher events;

	private final AtomicBoolean refusing = new AtomicBoolean();

	EngineReadiness(ApplicationEventPublisher events) {
		this.events = events;
	}

	@Override
	public void accept(EngineHealth health) {
		boolean refuse = !health.isReady();
		if (this.refusing.getAndSet(refuse) != refuse) {
			AvailabilityChangeEvent.publish(this.events, health,
					refuse ? ReadinessState.REFUSING_TRAFFIC : ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

}
