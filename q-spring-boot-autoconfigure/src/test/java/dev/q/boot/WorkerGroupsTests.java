package dev.q.boot;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.q.engine.GroupSettings;
import dev.q.engine.QueueOrder;
import dev.q.job.QueueName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class WorkerGroupsTests {

	private static final int USUAL = 7;

	@Test
	void theShorthandIsTheGroupDefaultAndOtherHandledQueuesFollow() {
		List<GroupSettings> groups = groups(Map.of("q.worker.queues", "a,b", "q.worker.concurrency", "3"), "b", "c");

		assertThat(groups)
			.containsExactly(new GroupSettings("default", new QueueOrder.Strict(queues("a", "b")), queues("c"), 3));
	}

	@Test
	void eachGroupHasItsQueuesItsOrderAndItsSlots() {
		List<GroupSettings> groups = groups(Map.of("q.worker.groups.bulk.queues", "x,y", "q.worker.groups.bulk.order",
				"round-robin", "q.worker.groups.bulk.concurrency", "2", "q.worker.groups.fair.queues", "u:3,v",
				"q.worker.groups.fair.order", "weighted"));

		assertThat(groups)
			.containsExactly(new GroupSettings("bulk", new QueueOrder.RoundRobin(queues("x", "y")), List.of(), 2),
					new GroupSettings("fair",
							new QueueOrder.Weighted(Map.of(new QueueName("u"), 3, new QueueName("v"), 1)), List.of(),
							USUAL));
	}

	@Test
	void queuesOfHandlersThatNoGroupListsAreServedByTheGroupDefault() {
		List<GroupSettings> groups = groups(Map.of("q.worker.groups.bulk.queues", "x"), "x", "y");

		assertThat(groups).containsExactly(new GroupSettings("bulk", queues("x"), List.of(), USUAL),
				new GroupSettings("default", List.of(), queues("y"), USUAL));
	}

	@Test
	void theGroupDefaultMayBeWrittenOutWithQueuesOrWithout() {
		assertThat(groups(Map.of("q.worker.groups.default.concurrency", "2"), "y"))
			.containsExactly(new GroupSettings("default", List.of(), queues("y"), 2));
		assertThat(groups(Map.of("q.worker.groups.default.queues", "x"), "y"))
			.containsExactly(new GroupSettings("default", queues("x"), queues("y"), USUAL));
	}

	@Test
	void theGroupDefaultMayHaveAnOrderOfItsOwn() {
		assertThat(groups(Map.of("q.worker.queues", "u:3,v", "q.worker.order", "weighted"), "w"))
			.containsExactly(new GroupSettings("default",
					new QueueOrder.Weighted(Map.of(new QueueName("u"), 3, new QueueName("v"), 1)), queues("w"), USUAL));
		assertThat(groups(Map.of("q.worker.queues", "u,v", "q.worker.order", "round-robin"))).containsExactly(
				new GroupSettings("default", new QueueOrder.RoundRobin(queues("u", "v")), List.of(), USUAL));
	}

	@Test
	void weightsNeedTheOrderThatGoesByThem() {
		Throwable failure = NestedExceptionUtils
			.getMostSpecificCause(catchThrowable(() -> groups(Map.of("q.worker.queues", "u:3"))));

		assertThat(failure).isInstanceOf(InvalidQPropertyException.class)
			.hasMessageContainingAll("q.worker.queues", "u:3");
	}

	@Test
	void anOrderBesideTheGroupDefaultIsRefused() {
		Throwable failure = NestedExceptionUtils.getMostSpecificCause(catchThrowable(
				() -> groups(Map.of("q.worker.order", "weighted", "q.worker.groups.default.queues", "b"))));

		assertThat(failure).isInstanceOf(InvalidQPropertyException.class)
			.hasMessageContainingAll("q.worker.groups.default", "q.worker.order");
	}

	@Test
	void aQueueMayBeWorkedByTwoGroups() {
		List<GroupSettings> groups = groups(
				Map.of("q.worker.groups.urgent.queues", "mail", "q.worker.queues", "mail,bulk"));

		assertThat(groups).extracting(GroupSettings::name).containsExactly("default", "urgent");
	}

	@Test
	void withoutAnyQueueThereIsNoGroup() {
		assertThat(groups(Map.of())).isEmpty();
	}

	@Test
	void theGroupDefaultIsNotWrittenInBothPlaces() {
		Throwable failure = NestedExceptionUtils.getMostSpecificCause(
				catchThrowable(() -> groups(Map.of("q.worker.queues", "a", "q.worker.groups.default.queues", "b"))));

		assertThat(failure).isInstanceOf(InvalidQPropertyException.class)
			.hasMessageContainingAll("q.worker.groups.default", "q.worker.queues");
	}

	@Test
	void aQueueThatTheShorthandListsTwiceIsRefusedByTheNameOfTheShorthand() {
		Throwable failure = NestedExceptionUtils
			.getMostSpecificCause(catchThrowable(() -> groups(Map.of("q.worker.queues", "a,a"))));

		assertThat(failure).isInstanceOf(InvalidQPropertyException.class)
			.hasMessageContainingAll("Property q.worker.queues is 'a'", "each queue once");
	}

	@Test
	void aGroupOfNoQueueIsRefused() {
		Throwable failure = NestedExceptionUtils
			.getMostSpecificCause(catchThrowable(() -> groups(Map.of("q.worker.groups.bulk.concurrency", "2"))));

		assertThat(failure).isInstanceOf(InvalidQPropertyException.class)
			.hasMessageContainingAll("q.worker.groups.bulk.queues", "at least one queue");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a:0", "a:1001", "a:x", "a:", "a:-1", "a:99999999999" })
	void aWeightThatIsNoneIsRefused(String entry) {
		Throwable failure = NestedExceptionUtils.getMostSpecificCause(catchThrowable(
				() -> groups(Map.of("q.worker.groups.fair.queues", entry, "q.worker.groups.fair.order", "weighted"))));

		assertThat(failure).isInstanceOf(InvalidQPropertyException.class)
			.hasMessageContainingAll("q.worker.groups.fair.queues", "from 1 to 1000");
	}

	private static List<GroupSettings> groups(Map<String, String> properties, String... handled) {
		QProperties.Worker worker = new Binder(new MapConfigurationPropertySource(properties))
			.bindOrCreate("q", QProperties.class)
			.worker();
		return new WorkerGroups(worker, USUAL).of(queues(handled));
	}

	private static List<QueueName> queues(String... names) {
		return Stream.of(names).map(QueueName::new).toList();
	}

}
