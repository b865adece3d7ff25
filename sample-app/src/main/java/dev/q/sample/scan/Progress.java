package dev.q.sample.scan;

/**
 * How far a scan has come.
 *
 * @param ended how many jobs have ended
 * @param known how many there are so far; more are found while the tree is walked
 * @since 0.1
 */
public record Progress(long ended, long known) {

	Progress minus(Progress other) {
		return new Progress(this.ended - other.ended, this.known - other.known);
	}

}
