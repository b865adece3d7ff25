package dev.q.boot;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.q.engine.EngineHealth;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;

/**
 * Takes the application out of traffic while its worker has a problem of its own, and
 * puts it back when that is over. Puts nothing back that it has not taken out, or that
 * others have taken out since: an application that starts, stops or is in maintenance.
 */
final class EngineReadiness
		implements Consumer<EngineHealth>, ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

	private final ApplicationEventPublisher events;

	// Whether the application is out of traffic by nobody else's doing.
	private final AtomicBoolean refusing = new AtomicBoolean();

	// What others said last.
	private volatile boolean accepting;

	private volatile @Nullable EngineHealth unwell;

	EngineReadiness(ApplicationEventPublisher events) {
		this.events = events;
	}

	@Override
	public void accept(EngineHealth health) {
		this.unwell = health.isReady() ? null : health;
		if (!health.isReady()) {
			refuse(health);
		}
		else if (this.refusing.compareAndSet(true, false)) {
			AvailabilityChangeEvent.publish(this.events, health, ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

	@Override
	public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getSource() instanceof EngineHealth) {
			return;
		}
		this.accepting = event.getState() == ReadinessState.ACCEPTING_TRAFFIC;
		this.refusing.set(false);
		EngineHealth health = this.unwell;
		if (health != null) {
			refuse(health);
		}
	}

	private void refuse(EngineHealth health) {
		if (this.accepting && this.refusing.compareAndSet(false, true)) {
			AvailabilityChangeEvent.publish(this.events, health, ReadinessState.REFUSING_TRAFFIC);
		}
	}

}
