package dev.q.cli.act;

import java.util.Collection;
import java.util.Set;

import dev.q.admin.BulkAction;
import dev.q.admin.JobAdmin;
import dev.q.admin.JobFilter;
import dev.q.job.Due;
import dev.q.job.JobId;

/**
 * What is to be done to jobs.
 *
 * @param verb what
 * @param reason why, for those who ask later
 */
record Deed(Verb verb, String reason) {

	private static final String BY_HAND = "by the command line";

	/** A deed for which nobody gives a reason. */
	static Deed of(Verb verb) {
		return new Deed(verb, BY_HAND);
	}

	Set<JobId> to(Collection<JobId> ids, JobAdmin admin) {
		return switch (this.verb) {
			case RETRY -> admin.retry(ids);
			case CANCEL -> admin.cancel(ids, this.reason);
			case DELETE -> admin.delete(ids);
			case HOLD -> admin.hold(ids);
			case RELEASE -> admin.release(ids);
			case RUN_NOW -> admin.runNow(ids);
		};
	}

	BulkAction toMany() {
		return switch (this.verb) {
			case RETRY -> BulkAction.retry();
			case CANCEL -> BulkAction.cancel(this.reason);
			case DELETE -> BulkAction.delete();
			case HOLD -> BulkAction.hold();
			case RELEASE -> BulkAction.release();
			case RUN_NOW -> BulkAction.reschedule(Due.NOW);
		};
	}

	/**
	 * The filter for all jobs that it can be done to, as far as a filter says no less.
	 */
	JobFilter widest(JobFilter filter) {
		return (this.verb == Verb.DELETE) ? filter.in(this.verb.states()) : completed(filter);
	}

	/**
	 * The filter with the states that are meant.
	 * @throws IllegalArgumentException if it must name states and does not
	 */
	JobFilter completed(JobFilter filter) {
		if (!filter.states().isEmpty()) {
			return filter;
		}
		return switch (this.verb) {
			case DELETE -> throw new IllegalArgumentException(
					"To delete jobs by a filter, say in which states, such as --state dead,cancelled, or --all for whatever state, the running ones too");
			case RUN_NOW -> filter.in(this.verb.states());
			default -> filter;
		};
	}

}
