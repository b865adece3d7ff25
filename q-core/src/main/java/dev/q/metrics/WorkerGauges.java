package dev.q.metrics;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import dev.q.engine.EngineHealth;
import dev.q.engine.GroupSlots;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Shows how a worker fares. Asks it whenever a gauge is read, which it answers at once.
 *
 * @since 0.1
 */
public final class WorkerGauges {

	private final Supplier<Optional<EngineHealth>> health;

	private final Supplier<? extends Collection<GroupSlots>> slots;

	/**
	 * Makes gauges of a worker.
	 * @param health how it fares, or empty if there is none
	 * @param slots the slots of its groups; none while it does not run
	 */
	public WorkerGauges(Supplier<Optional<EngineHealth>> health, Supplier<? extends Collection<GroupSlots>> slots) {
		this.health = health;
		this.slots = slots;
	}

	/**
	 * Registers the gauges, each once however often this is called. The worker must have
	 * been started: of groups, those are shown that it has then.
	 * @param registry where they are. It does not keep this object alive
	 */
	public void bindTo(MeterRegistry registry) {
		ofHealth(QMeters.RUNNING, EngineHealth::runningJobs, registry);
		ofHealth(QMeters.OLDEST_RUNNING, WorkerGauges::oldestRunning, registry);
		ofHealth(QMeters.ABANDONED_THREADS, EngineHealth::abandonedThreads, registry);
		for (GroupSlots group : this.slots.get()) {
			ofGroup(QMeters.SLOTS, group.group(), GroupSlots::size, registry);
			ofGroup(QMeters.FREE_SLOTS, group.group(), GroupSlots::free, registry);
		}
	}

	private static double oldestRunning(EngineHealth health) {
		Duration oldest = health.oldestRunning();
		return (oldest != null) ? oldest.toNanos() / 1e9 : 0;
	}

	private void ofHealth(QMeters meter, ToDoubleFunction<EngineHealth> value, MeterRegistry registry) {
		Gauge.builder(meter.getName(), this, (own) -> own.health.get().map(value::applyAsDouble).orElse(0.0))
			.description(meter.meaning())
			.baseUnit(meter.getBaseUnit())
			.register(registry);
	}

	private void ofGroup(QMeters meter, String group, ToDoubleFunction<GroupSlots> value, MeterRegistry registry) {
		Gauge.builder(meter.getName(), this, (own) -> own.ofGroup(group, value))
			.description(meter.meaning())
			.tags(MeterTag.GROUP.asString(), group)
			.register(registry);
	}

	private double ofGroup(String group, ToDoubleFunction<GroupSlots> value) {
		return this.slots.get()
			.stream()
			.filter((each) -> each.group().equals(group))
			.mapToDouble(value)
			.findFirst()
			.orElse(0);
	}

}
