package dev.q.store.memory;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeaseBucketsTests {

	private static final Instant NOW = SampleJobs.NOW;

	private final LeaseBuckets buckets = new LeaseBuckets();

	@Test
	void leasesOfOneBucketAreToldApart() {
		Instant start = Instant.ofEpochMilli(1 << 20);
		MemoryJob later = SampleJobs.leasedUntil(start.plusMillis(255));
		MemoryJob sooner = SampleJobs.leasedUntil(start);
		this.buckets.add(later);
		this.buckets.add(sooner);

		assertThat(this.buckets.count()).isEqualTo(1);
		assertThat(this.buckets.expired(start.minusMillis(1), 10)).isEmpty();
		assertThat(this.buckets.expired(start, 10)).containsExactly(sooner);
		assertThat(this.buckets.expired(start.plusMillis(255), 10)).containsExactly(later, sooner);
		assertThat(this.buckets.expired(start.plusMillis(255), 1)).hasSize(1);
	}

	@Test
	void earlierBucketsComeFirst() {
		MemoryJob later = SampleJobs.leasedUntil(NOW.plusSeconds(2));
		MemoryJob sooner = SampleJobs.leasedUntil(NOW.plusSeconds(1));
		this.buckets.add(later);
		this.buckets.add(sooner);

		assertThat(this.buckets.expired(NOW.plusSeconds(5), 10)).containsExactly(sooner, later);
		assertThat(this.buckets.expired(NOW.plusSeconds(5), 1)).containsExactly(sooner);
	}

	@Test
	void leasesThatComeAndGoLeaveNoBucketsBehind() {
		MemoryJob longRunning = SampleJobs.leasedUntil(NOW);
		this.buckets.add(longRunning);
		for (int i = 0; i < 10_000; i++) {
			MemoryJob job = SampleJobs.leasedUntil(NOW.plus(Duration.ofSeconds(i)));
			this.buckets.add(job);
			this.buckets.remove(job);
			assertThat(this.buckets.count()).isLessThanOrEqualTo(2);
		}

		assertThat(this.buckets.expired(NOW, 10)).containsExactly(longRunning);
	}

	@Test
	void leasesBeforeTheEpochAreInOrderToo() {
		MemoryJob job = SampleJobs.leasedUntil(Instant.ofEpochMilli(-1));
		this.buckets.add(job);

		assertThat(this.buckets.expired(Instant.ofEpochMilli(-2), 10)).isEmpty();
		assertThat(this.buckets.expired(Instant.ofEpochMilli(-1), 10)).containsExactly(job);
	}

}
