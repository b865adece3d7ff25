package dev.q.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.q.engine.EngineHealth;
import dev.q.engine.GroupSlots;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerGaugesTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final List<GroupSlots> slots = new ArrayList<>(List.of(new GroupSlots("default", 10, 4)));

	private Optional<EngineHealth> health = Optional
		.of(new EngineHealth(true, List.of(), 6, Duration.ofMillis(1500), 2, Duration.ZERO, false));

	private final WorkerGauges gauges = new WorkerGauges(() -> this.health, () -> this.slots);

	@Test
	void gaugesShowWhatTheWorkerSays() {
		this.gauges.bindTo(this.registry);

		assertThat(value("q.worker.running")).isEqualTo(6);
		assertThat(value("q.worker.oldest.running")).isEqualTo(1.5);
		assertThat(value("q.worker.abandoned.threads")).isEqualTo(2);
		assertThat(value("q.worker.slots", "group", "default")).isEqualTo(10);
		assertThat(value("q.worker.slots.free", "group", "default")).isEqualTo(4);
	}

	@Test
	void aWorkerThatIsGoneHasNothing() {
		this.gauges.bindTo(this.registry);
		this.slots.clear();
		this.health = Optional.empty();

		assertThat(this.registry.getMeters()).hasSize(5)
			.allMatch((meter) -> meter.measure().iterator().next().getValue() == 0);
	}

	private double value(String name, String... tags) {
		return this.registry.get(name).tags(tags).gauge().value();
	}

}
