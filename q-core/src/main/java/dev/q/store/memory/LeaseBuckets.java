package dev.q.store.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The running jobs of a queue by the end of their lease, in buckets of 256 ms: coarse
 * enough that a claim or a renewal finds its bucket there already, fine enough that only
 * few jobs are looked at in vain when leases have run out.
 */
final class LeaseBuckets {

	private static final int BITS = 8;

	private final TreeMap<Long, JobChain> buckets = new TreeMap<>();

	void add(MemoryJob job) {
		long number = numberOf(job.leasedUntil());
		JobChain bucket = this.buckets.get(number);
		if (bucket == null) {
			dropLastIfEmpty();
			bucket = new JobChain();
			this.buckets.put(number, bucket);
		}
		bucket.addLast(job);
	}

	/**
	 * Takes a job out. An empty bucket goes too, unless it is the last one: there the
	 * next claim most likely goes.
	 */
	void remove(MemoryJob job) {
		Long number = numberOf(job.leasedUntil());
		JobChain bucket = Objects.requireNonNull(this.buckets.get(number));
		bucket.remove(job);
		if (bucket.isEmpty() && !number.equals(this.buckets.lastKey())) {
			this.buckets.remove(number);
		}
	}

	/**
	 * Jobs whose lease has run out, those of the earliest bucket first. They stay in
	 * here.
	 */
	List<MemoryJob> expired(Instant now, int limit) {
		List<MemoryJob> expired = new ArrayList<>();
		for (JobChain bucket : this.buckets.headMap(numberOf(now), true).values()) {
			for (MemoryJob job = bucket.first(); job != null && expired.size() < limit; job = job.next) {
				if (!job.leasedUntil().isAfter(now)) {
					expired.add(job);
				}
			}
		}
		return expired;
	}

	/** One of those whose leases end first. */
	Optional<MemoryJob> first() {
		return this.buckets.values().stream().map(JobChain::first).flatMap(Stream::ofNullable).findFirst();
	}

	/** How many buckets there are, which must not grow without jobs. */
	int count() {
		return this.buckets.size();
	}

	private void dropLastIfEmpty() {
		if (!this.buckets.isEmpty() && this.buckets.lastEntry().getValue().isEmpty()) {
			this.buckets.pollLastEntry();
		}
	}

	private static long numberOf(Instant time) {
		return time.toEpochMilli() >> BITS;
	}

}
