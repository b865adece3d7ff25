package dev.q.store.jdbc;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HorizonTests {

	private final Horizon horizon = new Horizon();

	@Test
	void aPositionIsSettledWhenAllOlderTransactionsHaveEnded() {
		this.horizon.add(new Horizon.Sample(10, 100, 95, 0));
		assertThat(this.horizon.settled()).isZero();

		this.horizon.add(new Horizon.Sample(20, 110, 99, 1));
		assertThat(this.horizon.settled()).isZero();

		this.horizon.add(new Horizon.Sample(30, 120, 100, 2));
		assertThat(this.horizon.settled()).isEqualTo(10);
	}

	@Test
	void theHorizonNeverGoesBack() {
		this.horizon.add(new Horizon.Sample(30, 100, 100, 0));
		this.horizon.add(new Horizon.Sample(20, 90, 100, 0));

		assertThat(this.horizon.settled()).isEqualTo(30);
	}

	@Test
	void transactionsThatBeganMoreThanTwoSecondsAgoAreIgnored() {
		this.horizon.add(new Horizon.Sample(10, 100, 50, 0));
		assertThat(this.horizon.ignoreBelow()).isZero();

		this.horizon.add(new Horizon.Sample(20, 110, 50, 1999));
		assertThat(this.horizon.ignoreBelow()).isZero();

		this.horizon.add(new Horizon.Sample(30, 120, 50, 2000));
		assertThat(this.horizon.ignoreBelow()).isEqualTo(100);
	}

	@Test
	void howeverManySamplesAreOpenTheLastOneIsSettledInTheEnd() {
		for (int i = 1; i <= 10_000; i++) {
			this.horizon.add(new Horizon.Sample(i, i, 0, 0));
		}
		this.horizon.add(new Horizon.Sample(20_000, 20_000, 20_000, 0));

		assertThat(this.horizon.settled()).isEqualTo(20_000);
	}

	@Test
	void aHorizonThatForgotBeginsAnew() {
		this.horizon.add(new Horizon.Sample(10, 100, 100, 0));
		this.horizon.forget();

		assertThat(this.horizon.settled()).isZero();
	}

}
