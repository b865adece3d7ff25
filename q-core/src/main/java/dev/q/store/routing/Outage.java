package dev.q.store.routing;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A store that does not answer.
 *
 * @param since since when
 * @param failures how many there were in a row
 * @param nextTryAt when somebody should look whether it answers again, by the clock's
 * nanoseconds
 * @param isTried whether it has answered such a look, so that calls may go there again.
 * The outage is over when one of them succeeds
 * @param cause the first failure
 */
record Outage(Instant since, int failures, long nextTryAt, boolean isTried, @Nullable Throwable cause) {

	Outage failedAgain(long nextTry) {
		return new Outage(this.since, this.failures + 1, nextTry, false, this.cause);
	}

	Outage tried() {
		return new Outage(this.since, this.failures, this.nextTryAt, true, this.cause);
	}

}
