package dev.q.cli.look;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.WorkerInfo;
import dev.q.store.WorkerInfo.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class WorkersCommandTests {

	private static final Instant START = Instant.parse("2026-02-03T04:05:06.789Z");

	@ParameterizedTest
	@EnumSource
	void eachWorkerIsALineWithItsQueues(Kind kind) {
		try (Place place = Place.on(kind)) {
			announce(place, "w-2", "tango", List.of(QueueName.DEFAULT));
			announce(place, "w-1", "alpha", List.of(new QueueName("mail"), QueueName.DEFAULT));

			Run run = place.q("workers");
			Run mail = place.q("workers", "--queue", "mail", "--json");

			assertThat(run.code()).isZero();
			assertThat(run.lines()).hasSize(3);
			assertThat(run.lines().get(1)).matches("w-1 +alpha +DRAINING +4 +3 +2026-02-03T04:05:06Z +mail,default");
			assertThat(run.lines().get(2)).startsWith("w-2 ");
			assertThat(mail.json().path("workers")).hasSize(1);
			assertThat(mail.json().at("/workers/0/id").stringValue()).isEqualTo("w-1");
			assertThat(mail.json().at("/workers/0/startedAt").stringValue()).startsWith("2026-02-03T04:05:06.789");
			assertThat(place.q("workers", "--queue", "other", "--json").json().path("workers")).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void theNameOfAHostDoesNotDriveTheTerminal(Kind kind) {
		try (Place place = Place.on(kind)) {
			announce(place, "w-1", Hands.WICKED, List.of(QueueName.DEFAULT));

			assertThat(place.q("workers").out()).contains("\\u001b[31m").doesNotContain("\u001b", "\u009b", "\u202e");
			assertThat(place.q("workers", "--json").out()).doesNotContain("\u001b", "\u009b", "\u202e");
		}
	}

	@Test
	void aQueueThatCannotBeIsRefusedWithTheRemedy() {
		Run run = Place.run(Map.of(), InputStream.nullInputStream(), "workers", "--queue", "a/b");

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).hasLineCount(1).contains("'a/b'", "letters");
	}

	private static void announce(Place place, String id, String host, List<QueueName> queues) {
		place.store()
			.cluster()
			.announce(new WorkerInfo(new WorkerId(id), host, START, State.DRAINING, queues, Set.of(), 4, 3),
					Duration.ofHours(1));
	}

}
