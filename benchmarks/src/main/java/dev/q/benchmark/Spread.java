package dev.q.benchmark;

import java.util.List;

/**
 * Measured values.
 *
 * @param values at least one; kept in ascending order
 */
record Spread(List<Double> values) {

	Spread {
		values = values.stream().sorted().toList();
	}

	/**
	 * A percentile.
	 * @param percent 0 to 100
	 * @return the smallest value that so many of a hundred do not exceed
	 */
	double at(double percent) {
		int rank = (int) Math.ceil(percent / 100 * this.values.size());
		return this.values.get(Math.max(1, rank) - 1);
	}

}
