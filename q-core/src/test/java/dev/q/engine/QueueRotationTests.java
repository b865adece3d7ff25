package dev.q.engine;

import java.util.List;
import java.util.stream.Stream;

import dev.q.job.QueueName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class QueueRotationTests {

	@Test
	void listedQueuesKeepTheirOrder() {
		QueueRotation rotation = new QueueRotation(new GroupSettings("test", queues("a", "b"), List.of(), 1));

		assertThat(rotation.next()).isEqualTo(queues("a", "b"));
		assertThat(rotation.next()).isEqualTo(queues("a", "b"));
	}

	@Test
	void otherQueuesTakeTurnsAfterThose() {
		QueueRotation rotation = new QueueRotation(
				new GroupSettings("test", queues("a"), queues("x", "a", "y", "z"), 1));
		List<List<QueueName>> orders = Stream.generate(rotation::next).limit(3).toList();

		assertThat(orders).containsExactlyInAnyOrder(queues("a", "x", "y", "z"), queues("a", "y", "z", "x"),
				queues("a", "z", "x", "y"));
		assertThat(rotation.all()).containsExactlyInAnyOrderElementsOf(queues("a", "x", "y", "z"));
	}

	private static List<QueueName> queues(String... names) {
		return Stream.of(names).map(QueueName::new).toList();
	}

}
