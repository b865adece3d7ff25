package dev.q.cli.bench;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LatenciesTests {

	private final Latencies latencies = new Latencies();

	@Test
	void shortSpansAreCountedExactly() {
		LongStream.rangeClosed(1, 200).forEach(this.latencies::record);

		assertThat(this.latencies.count()).isEqualTo(200);
		assertThat(this.latencies.percentile(50)).isEqualTo(100);
		assertThat(this.latencies.percentile(95)).isEqualTo(190);
		assertThat(this.latencies.percentile(99)).isEqualTo(198);
		assertThat(this.latencies.percentile(100)).isEqualTo(200);
		assertThat(this.latencies.max()).isEqualTo(200);
	}

	@Test
	void percentilesOfLongSpansAreAtMostOnePercentTooHigh() {
		LongStream.rangeClosed(1, 10_000).map((i) -> i * 1_234_567).forEach(this.latencies::record);

		for (int percent : new int[] { 1, 10, 50, 95, 99 }) {
			long exact = percent * 100L * 1_234_567;
			assertThat(this.latencies.percentile(percent)).isBetween(exact, exact + exact / 100);
		}
		assertThat(this.latencies.max()).isEqualTo(10_000L * 1_234_567);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 127, 128, 255, 256, 257, 511, 512, 1L << 40, (1L << 41) - 1, Long.MAX_VALUE })
	void aSingleSpanIsEveryPercentile(long span) {
		this.latencies.record(span);

		assertThat(this.latencies.percentile(1)).isEqualTo(span);
		assertThat(this.latencies.percentile(50)).isEqualTo(span);
		assertThat(this.latencies.max()).isEqualTo(span);
	}

	@Test
	void neighboursAtTheEdgesOfBucketsKeepTheirOrder() {
		for (long edge = 1; edge > 0 && edge <= 1L << 50; edge <<= 1) {
			Latencies two = new Latencies();
			two.record(edge - 1);
			two.record(edge);

			assertThat((double) two.percentile(50)).isCloseTo((double) edge - 1, within(edge / 100.0));
			assertThat(two.percentile(100)).isEqualTo(edge);
		}
	}

	@Test
	void nothingRecordedIsZero() {
		assertThat(this.latencies.percentile(99)).isZero();
		assertThat(this.latencies.max()).isZero();
	}

	@Test
	void aClockThatStoodStillGivesZero() {
		this.latencies.record(-5);

		assertThat(this.latencies.count()).isOne();
		assertThat(this.latencies.percentile(50)).isZero();
	}

}
