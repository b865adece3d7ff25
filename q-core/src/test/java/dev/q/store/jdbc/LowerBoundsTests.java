package dev.q.store.jdbc;

import java.util.List;

import dev.q.job.QueueName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LowerBoundsTests {

	private static final QueueName MAIL = new QueueName("mail");

	private static final QueueName REPORTS = new QueueName("reports");

	private static final int LANE = 11;

	private final LowerBounds bounds = new LowerBounds(true);

	@Test
	void aBoundOnlyRises() {
		this.bounds.raise(view(), MAIL, LANE, 7);
		this.bounds.raise(view(), MAIL, LANE, 5);

		assertThat(low(MAIL)).isEqualTo(7);
	}

	@Test
	void aBoundThatWasLoweredDuringALookIsNotRaisedByIt() {
		this.bounds.raise(view(), MAIL, LANE, 7);
		LowerBounds.View before = view();
		this.bounds.lower(MAIL, 3);
		this.bounds.raise(before, MAIL, LANE, 9);

		assertThat(low(MAIL)).isEqualTo(2);
	}

	@Test
	void aQueueThatWasLoweredBeforeItHadABoundGetsNoneFromALookBefore() {
		LowerBounds.View before = view();
		this.bounds.lower(MAIL, 3);
		this.bounds.raise(before, MAIL, LANE, 9);

		assertThat(this.bounds.all()).isEmpty();
	}

	@Test
	void loweringOneQueueLeavesTheOthersAsTheyAre() {
		LowerBounds.View before = view();
		this.bounds.lower(MAIL, 3);
		this.bounds.raise(before, REPORTS, LANE, 9);

		assertThat(low(REPORTS)).isEqualTo(9);
	}

	@Test
	void nothingIsLearnedFromALookBeforeEverythingWasForgotten() {
		LowerBounds.View before = view();
		this.bounds.forget();
		this.bounds.raise(before, MAIL, LANE, 9);
		this.bounds.promoted(before, MAIL, 1_000_000);

		assertThat(this.bounds.all()).isEmpty();
		assertThat(view().dueLows()).containsOnly(0L);
	}

	@Test
	void boundsThatAreSwitchedOffStayAtTheBeginning() {
		LowerBounds off = new LowerBounds(false);
		off.raise(off.view(List.of(MAIL)), MAIL, LANE, 9);

		assertThat(off.all()).isEmpty();
	}

	private LowerBounds.View view() {
		return this.bounds.view(List.of(MAIL, REPORTS));
	}

	private long low(QueueName queue) {
		return this.bounds.all()
			.stream()
			.filter((lane) -> lane.queue().equals(queue))
			.mapToLong(LowerBounds.Lane::low)
			.findFirst()
			.orElseThrow();
	}

}
