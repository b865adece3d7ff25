package dev.q.cli.bench;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Spans of time, counted in 7300 buckets whatever their number: each power of two is cut
 * into 128 equal ones, so that a percentile is at most 0.8 % more than the span that was
 * recorded. The longest is exact. Safe for use by many threads.
 */
final class Latencies {

	private static final int BITS = 7;

	private static final int CUTS = 1 << BITS;

	private final AtomicLongArray buckets = new AtomicLongArray((Long.SIZE - BITS) * CUTS);

	private final AtomicLong longest = new AtomicLong();

	/**
	 * Records a span.
	 * @param nanos how long; less than nothing counts as nothing
	 */
	void record(long nanos) {
		long span = Math.max(0, nanos);
		this.buckets.incrementAndGet(bucket(span));
		if (span > this.longest.get()) {
			this.longest.accumulateAndGet(span, Math::max);
		}
	}

	/** The first two rows are cut by single nanoseconds; from there on cuts get wider. */
	private static int bucket(long span) {
		int shift = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(span | 1));
		return (shift << BITS) + (int) (span >>> shift);
	}

	private static long highest(int bucket) {
		int shift = Math.max(0, (bucket >> BITS) - 1);
		long cut = bucket - ((long) shift << BITS);
		return ((cut + 1) << shift) - 1;
	}

	long count() {
		long count = 0;
		for (int i = 0; i < this.buckets.length(); i++) {
			count += this.buckets.get(i);
		}
		return count;
	}

	long max() {
		return this.longest.get();
	}

	/**
	 * The span that so many percent of all do not exceed.
	 * @param percent more than 0, 100 at most
	 * @return nanoseconds; 0 if nothing was recorded
	 */
	long percentile(double percent) {
		long rank = Math.max(1, (long) Math.ceil(count() * percent / 100));
		long passed = 0;
		for (int i = 0; i < this.buckets.length(); i++) {
			passed += this.buckets.get(i);
			if (passed >= rank) {
				return Math.min(highest(i), max());
			}
		}
		return 0;
	}

}
