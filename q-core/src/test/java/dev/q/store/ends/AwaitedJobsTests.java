package dev.q.store.ends;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.StoreListener.Ended;
import dev.q.testing.VirtualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Two processes that hear each other, without a server between them.
 */
class AwaitedJobsTests {

	private static final QueueName QUEUE = new QueueName("q".repeat(128));

	private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));

	private final List<String> said = new ArrayList<>();

	private final List<Ended> heard = new ArrayList<>();

	private final ExpectedEnds expectedHere = new ExpectedEnds(this.clock);

	private final ExpectedEnds expectedThere = new ExpectedEnds(this.clock);

	private final AwaitedJobs there = new AwaitedJobs(this::hearHere, this.expectedThere);

	private final AwaitedJobs here = new AwaitedJobs(this::hearThere, this.expectedHere);

	AwaitedJobsTests() {
		this.here.listen(this.heard::add);
		this.here.hearOthers();
		this.there.hearOthers();
	}

	/** Everybody hears all, himself too. */
	private void hearThere(String message) {
		this.said.add(message);
		this.here.hear(message);
		this.there.hear(message);
	}

	private void hearHere(String message) {
		this.said.add(message);
		this.here.hear(message);
	}

	@Test
	void anEndIsToldOnceByWhoeverBringsIt() {
		JobId id = id(1);
		this.here.expect(List.of(id));

		this.there.intervened(QUEUE, JobState.CANCELLED, List.of(id));
		this.there.intervened(QUEUE, null, List.of(id));

		assertThat(this.heard).containsExactly(new Ended(QUEUE, id, JobState.CANCELLED, null, false));
		assertThat(this.expectedHere.isEmpty()).isTrue();
		assertThat(this.expectedThere.isEmpty()).isTrue();
	}

	@Test
	void whatOnlyThisProcessWaitsForIsNotToldToOthers() {
		this.here.expect(List.of(id(1)));
		this.said.clear();

		this.here.intervened(QUEUE, JobState.CANCELLED, List.of(id(1)));

		assertThat(this.heard).containsExactly(new Ended(QUEUE, id(1), JobState.CANCELLED, null, true));
		assertThat(this.said).isEmpty();
	}

	@Test
	void whoeverWaitsIsForgottenAfterAWhileUnlessHeSaysSoAgain() {
		this.here.expect(List.of(id(1), id(2)));
		this.clock.advance(Duration.ofSeconds(15));
		this.here.expect(List.of(id(1)));
		this.clock.advance(ExpectedEnds.LIFE.minusSeconds(1));

		this.there.intervened(QUEUE, JobState.CANCELLED, List.of(id(1), id(2)));

		assertThat(this.heard).extracting(Ended::id).containsExactly(id(1));
	}

	@Test
	void theMemoryOfAProcessIsBounded() {
		List<JobId> ids = IntStream.range(0, ExpectedEnds.MOST + 1000).mapToObj(AwaitedJobsTests::id).toList();

		this.here.expect(ids);

		assertThat(this.expectedThere.take(ids)).hasSize(ExpectedEnds.MOST);
		assertThat(this.expectedThere.isEmpty()).isTrue();
	}

	@Test
	void everyMessageFitsIntoANotification() {
		List<JobId> ids = IntStream.range(0, 1000).mapToObj(AwaitedJobsTests::id).toList();
		this.here.expect(ids);
		this.there.intervened(QUEUE, JobState.CANCELLED, ids);

		assertThat(this.heard).hasSize(1000);
		assertThat(this.said).allMatch(
				(message) -> AwaitedJobs.isMeant(message) && message.getBytes(StandardCharsets.UTF_8).length < 8000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "awaited", "awaited a b", "ended", "ended a b", "ended a b DEAD - x",
			"ended a b RUNNING - 0198c2f5-0000-7000-8000-000000000000", "ended a b DEAD WHY", "other" })
	void nonsenseIsRefused(String message) {
		assertThatThrownBy(() -> this.here.hear(message)).isInstanceOfAny(IllegalArgumentException.class,
				IndexOutOfBoundsException.class);
	}

	private static JobId id(int seed) {
		return JobId.timeOrdered(Instant.parse("2026-01-01T00:00:00Z"), 0, new Random(seed).nextLong());
	}

}
