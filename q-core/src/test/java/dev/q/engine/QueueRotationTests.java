package dev.q.engine;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import dev.q.job.QueueName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QueueRotationTests {

	private static final RandomGenerator RANDOM = new SplittableRandom(1);

	@Test
	void listedQueuesKeepTheirOrder() {
		QueueRotation rotation = new QueueRotation(new GroupSettings("test", queues("a", "b"), List.of(), 1), RANDOM);

		assertThat(rotation.next()).isEqualTo(queues("a", "b"));
		assertThat(rotation.next()).isEqualTo(queues("a", "b"));
	}

	@Test
	void otherQueuesTakeTurnsAfterThose() {
		QueueRotation rotation = new QueueRotation(
				new GroupSettings("test", queues("a"), queues("x", "a", "y", "z"), 1), RANDOM);
		List<List<QueueName>> orders = Stream.generate(rotation::next).limit(3).toList();

		assertThat(orders).containsExactlyInAnyOrder(queues("a", "x", "y", "z"), queues("a", "y", "z", "x"),
				queues("a", "z", "x", "y"));
		assertThat(rotation.all()).containsExactlyInAnyOrderElementsOf(queues("a", "x", "y", "z"));
	}

	@Test
	void queuesInTurnsAreEachFirstEquallyOften() {
		QueueRotation rotation = rotation(new QueueOrder.RoundRobin(queues("a", "b", "c")));

		assertThat(Stream.generate(rotation::next).limit(4)).containsExactly(queues("a", "b", "c"),
				queues("b", "c", "a"), queues("c", "a", "b"), queues("a", "b", "c"));
	}

	@Test
	void aQueueOfThriceTheWeightIsFirstThriceAsOftenAndNoneIsLeftOut() {
		Map<QueueName, Integer> weights = Map.of(new QueueName("a"), 3, new QueueName("b"), 1);
		QueueRotation rotation = rotation(new QueueOrder.Weighted(weights));
		List<List<QueueName>> orders = Stream.generate(rotation::next).limit(40_000).toList();

		assertThat(orders).allSatisfy((order) -> assertThat(order).hasSize(2).doesNotHaveDuplicates());
		assertThat(orders.stream().filter((order) -> order.get(0).value().equals("a")).count()).isBetween(29_500L,
				30_500L);
	}

	@Test
	void aWeightOutOfItsRangeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new QueueOrder.Weighted(Map.of(new QueueName("a"), 0)))
			.withMessageContaining("queue a is 0");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new QueueOrder.Weighted(Map.of(new QueueName("a"), 1001)));
	}

	private static QueueRotation rotation(QueueOrder order) {
		return new QueueRotation(new GroupSettings("test", order, List.of(), 1), RANDOM);
	}

	private static List<QueueName> queues(String... names) {
		return Stream.of(names).map(QueueName::new).toList();
	}

}
