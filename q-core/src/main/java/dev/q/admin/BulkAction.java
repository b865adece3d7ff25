package dev.q.admin;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

import dev.q.job.Due;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.JobControl;
import org.jspecify.annotations.Nullable;

/**
 * What is done to many jobs.
 *
 * @since 0.1
 */
public final class BulkAction {

	private static final Set<JobState> WAITING = EnumSet.of(JobState.SCHEDULED, JobState.READY, JobState.RETRYING);

	private static final Set<JobState> LIVING = EnumSet.of(JobState.SCHEDULED, JobState.READY, JobState.RETRYING,
			JobState.BLOCKED, JobState.RUNNING);

	private final String name;

	private final Set<JobState> states;

	private final Step step;

	/** What it is done with, such as a reason, or null. */
	private final @Nullable String detail;

	private BulkAction(String name, Set<JobState> states, Step step) {
		this(name, null, states, step);
	}

	private BulkAction(String name, @Nullable String detail, Set<JobState> states, Step step) {
		this.name = name;
		this.detail = detail;
		this.states = states;
		this.step = step;
	}

	/**
	 * Ends jobs that have not ended, the running ones too.
	 * @param reason why, for people; what exceeds 4 KiB characters is cut
	 * @return the action
	 */
	public static BulkAction cancel(String reason) {
		String storable = JobError.reason(reason);
		return new BulkAction("cancel", storable, LIVING, (control, ids) -> control.cancel(ids, storable));
	}

	/**
	 * Brings back jobs that are dead, cancelled or expired.
	 * @return the action
	 */
	public static BulkAction retry() {
		return new BulkAction("retry", EnumSet.of(JobState.DEAD, JobState.CANCELLED, JobState.EXPIRED),
				JobControl::retry);
	}

	/**
	 * Deletes jobs. Needs a filter that names the states.
	 * @return the action
	 */
	public static BulkAction delete() {
		return new BulkAction("delete", EnumSet.allOf(JobState.class), JobControl::delete);
	}

	/**
	 * Puts waiting jobs on hold.
	 * @return the action
	 */
	public static BulkAction hold() {
		return new BulkAction("hold", WAITING, JobControl::hold);
	}

	/**
	 * Makes jobs ready that are on hold.
	 * @return the action
	 */
	public static BulkAction release() {
		return new BulkAction("release", EnumSet.of(JobState.SCHEDULED), JobControl::release);
	}

	/**
	 * Gives waiting jobs another time.
	 * @param due when they are to become ready
	 * @return the action
	 * @throws IllegalArgumentException if that is beyond what can be stored
	 */
	public static BulkAction reschedule(Due due) {
		due.from(Due.LATEST_CLOCK);
		return new BulkAction("reschedule", due.toString(), WAITING, (control, ids) -> control.reschedule(ids, due));
	}

	/**
	 * The filter with the states that are meant.
	 * @throws IllegalArgumentException if the filter contradicts the action
	 */
	JobFilter completed(JobFilter filter) {
		if (filter.states().isEmpty() && this.states.size() < JobState.values().length) {
			return filter.in(this.states);
		}
		if (filter.states().isEmpty()) {
			throw new IllegalArgumentException(
					"To %s jobs by a filter, say in which states, such as filter.in(JobState.DEAD). Without, running jobs would be meant too"
						.formatted(this));
		}
		Set<JobState> useless = EnumSet.copyOf(filter.states());
		useless.removeAll(this.states);
		if (!useless.isEmpty()) {
			throw new IllegalArgumentException("%s is for jobs that are %s, but the filter asks for %s. Leave them out"
				.formatted(this, this.states, useless));
		}
		return filter;
	}

	Set<JobId> on(JobControl control, Collection<JobId> ids) {
		return this.step.change(control, ids);
	}

	@Nullable String detail() {
		return this.detail;
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * What is done to the jobs of a piece.
	 */
	@FunctionalInterface
	private interface Step {

		Set<JobId> change(JobControl control, Collection<JobId> ids);

	}

}
