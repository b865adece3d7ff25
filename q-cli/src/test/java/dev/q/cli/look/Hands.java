package dev.q.cli.look;

import java.time.Duration;
import java.util.List;

import dev.q.cli.Place;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.ClaimRequest;
import dev.q.store.Lease;
import dev.q.store.Retention;
import dev.q.store.Settlement;

/**
 * Does by hand what a worker does with the jobs of a place.
 *
 * @param place where they are
 */
record Hands(Place place) {

	static final WorkerId WORKER = new WorkerId("worker-1");

	/** What drives a terminal: in old and new form, and from right to left. */
	static final String WICKED = "red\u001b[31m \u009b31m \u202etxt";

	/** Claims the next job of the usual queue. */
	Lease claim() {
		return this.place.store()
			.work()
			.claim(new ClaimRequest(List.of(QueueName.DEFAULT), 1, Duration.ofHours(1), WORKER))
			.jobs()
			.get(0)
			.lease();
	}

	/** Claims the next job, and ends the attempt. */
	void end(Outcome outcome) {
		this.place.store().work().settle(List.of(new Settlement(claim(), outcome)), Retention.DEFAULT);
	}

}
