package dev.q.store.jdbc.known;

import java.util.List;

import dev.q.job.QueueName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LowerBoundsTests {

	private static final QueueName QUEUE = QueueName.DEFAULT;

	private final LowerBounds bounds = new LowerBounds(true);

	@Test
	void aBoundThatWasLoweredDuringALookIsNotRaisedByIt() {
		this.bounds.raise(view(), QUEUE, 11, 10);
		LowerBounds.View look = view();

		this.bounds.lower(QUEUE, 5);
		this.bounds.raise(look, QUEUE, 11, 20);

		assertThat(view().lanes()).extracting(LowerBounds.Lane::low).containsExactly(4L);
	}

	@Test
	void aLaneThatWasNotKnownIsLoweredDuringALookAllTheSame() {
		LowerBounds.View look = view();

		this.bounds.lower(QUEUE, 5);
		this.bounds.raise(look, QUEUE, 11, 20);

		assertThat(view().lanes()).isEmpty();
	}

	@Test
	void aServerThatWentBackMakesAllForgotten() {
		this.bounds.goesOn(view(), new Horizon.Sample(100, 50, 51, 1000));
		this.bounds.raise(view(), QUEUE, 11, 90);

		boolean goesOn = this.bounds.goesOn(view(), new Horizon.Sample(7, 40, 39, 2000));

		assertThat(goesOn).isFalse();
		assertThat(view().lanes()).isEmpty();
		assertThat(view().settled()).isZero();
	}

	@Test
	void claimsWhoseAnswersOvertakeEachOtherAreNoServerThatWentBack() {
		LowerBounds.View look = view();
		this.bounds.goesOn(view(), new Horizon.Sample(100, 50, 51, 1000));

		assertThat(this.bounds.goesOn(look, new Horizon.Sample(99, 49, 51, 1000))).isTrue();
		assertThat(view().settled()).isEqualTo(100);
	}

	private LowerBounds.View view() {
		return this.bounds.view(List.of(QUEUE));
	}

}
