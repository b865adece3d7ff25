package dev.q.store.jdbc.known;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HorizonTests {

	private final Horizon horizon = new Horizon();

	@Test
	void aPositionIsSettledOnceAllHaveEndedThatMayHaveDrawnIt() {
		this.horizon.add(new Horizon.Sample(10, 5, 3, 1000));
		assertThat(this.horizon.settled()).isZero();

		this.horizon.add(new Horizon.Sample(20, 8, 5, 1000));

		assertThat(this.horizon.settled()).isEqualTo(10);
	}

	@Test
	void transactionsAreWaitedForForTwoSeconds() {
		this.horizon.add(new Horizon.Sample(10, 5, 3, 1000));
		this.horizon.add(new Horizon.Sample(20, 8, 3, 2999));
		assertThat(this.horizon.ignoreBelow()).isZero();

		this.horizon.add(new Horizon.Sample(30, 9, 3, 3000));

		assertThat(this.horizon.ignoreBelow()).isEqualTo(5);
	}

	@Test
	void aClockThatIsSetBackDoesNotMakeItWaitForAnHour() {
		this.horizon.add(new Horizon.Sample(10, 5, 3, 3_600_000));
		this.horizon.add(new Horizon.Sample(20, 8, 3, 1000));

		this.horizon.add(new Horizon.Sample(30, 9, 3, 3000));

		assertThat(this.horizon.ignoreBelow()).isEqualTo(8);
	}

}
