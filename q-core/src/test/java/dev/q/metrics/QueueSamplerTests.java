package dev.q.metrics;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.loop.Loop;
import dev.q.scene.EngineScene;
import dev.q.store.JobCatalog;
import dev.q.store.Pause;
import dev.q.store.QueueStats;
import dev.q.store.StoreException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QueueSamplerTests {

	private static final Duration INTERVAL = Duration.ofSeconds(15);

	private final EngineScene scene = new EngineScene();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final QueueGauges gauges = new QueueGauges(this.registry, new TagValues((type) -> true));

	private final List<Boolean> asked = new ArrayList<>();

	private boolean fails;

	private final Loop loop = new QueueSampler(catalog(), this.gauges, INTERVAL, this.scene.clock).loop();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void gaugesShowTheDepthByStateAndTheAge() {
		this.scene.enqueue("any", "x");
		this.scene.enqueue("any", "x");
		this.scene.clock.advance(Duration.ofSeconds(7));

		this.loop.step();

		assertThat(depth("work", "ready")).isEqualTo(2);
		assertThat(depth("work", "running")).isZero();
		assertThat(this.registry.get("q.queue.oldest").tag("queue", "work").gauge().value()).isEqualTo(7);
	}

	@Test
	void gaugesNeverAskTheStore() {
		this.scene.enqueue("any", "x");
		this.loop.step();

		for (int i = 0; i < 100; i++) {
			depth("work", "ready");
		}

		assertThat(this.asked).hasSize(1);
		assertThat(this.loop.timeLeft()).isEqualTo(INTERVAL);
	}

	@Test
	void aStoreThatDoesNotAnswerLeavesNoValue() {
		this.scene.enqueue("any", "x");
		this.loop.step();
		this.fails = true;
		this.loop.step();

		assertThat(depth("work", "ready")).isNaN();

		this.fails = false;
		this.loop.step();
		assertThat(depth("work", "ready")).isOne();
	}

	@Test
	void aQueueThatIsGoneIsNotShownAnyMore() {
		this.gauges.show(List.of(queue("a", 1), queue("b", 2)), this.scene.clock.instant());
		this.gauges.show(List.of(queue("b", 3)), this.scene.clock.instant());

		assertThat(this.registry.find("q.queue.jobs").tag("queue", "a").gauges()).isEmpty();
		assertThat(depth("b", "ready")).isEqualTo(3);
	}

	@Test
	void manyQueuesAreSummedUp() {
		List<QueueStats> many = IntStream.range(0, 150).mapToObj((i) -> queue("tenant-" + i, 2)).toList();

		this.gauges.show(many, this.scene.clock.instant());

		assertThat(this.registry.find("q.queue.oldest").gauges()).hasSize(TagValues.MOST_QUEUES + 1);
		assertThat(depth("other", "ready")).isEqualTo(100);
	}

	private double depth(String queue, String state) {
		return this.registry.get("q.queue.jobs").tags("queue", queue, "state", state).gauge().value();
	}

	private QueueStats queue(String name, long ready) {
		return new QueueStats(new QueueName(name), Pause.NONE, Map.of(JobState.READY, ready), null, null);
	}

	private JobCatalog catalog() {
		return (JobCatalog) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { JobCatalog.class },
				(proxy, method, arguments) -> {
					this.asked.add(this.fails);
					if (this.fails) {
						throw new StoreException("The store is away, a drill");
					}
					return method.invoke(this.scene.store.catalog(), arguments);
				});
	}

}
