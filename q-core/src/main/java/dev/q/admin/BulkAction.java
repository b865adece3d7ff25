package dev.q.admin;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

import dev.q.job.Due;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobState;
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

	private final Predicate<BulkReport> enough;

	private BulkAction(String name, Set<JobState> states, Step step) {
		this(name, null, states, step);
	}

	private BulkAction(String name, @Nullable String detail, Set<JobState> states, Step step) {
		this(name, detail, states, step, (done) -> false);
	}

	private BulkAction(String name, @Nullable String detail, Set<JobState> states, Step step,
			Predicate<BulkReport> enough) {
		this.name = name;
		this.detail = detail;
		this.states = states;
		this.step = step;
		this.enough = enough;
	}

	/**
	 * Ends jobs that have not ended, the running ones too, unless the filter names other
	 * states. A job that has left those meanwhile stays as it is.
	 * @param reason why, for people; what exceeds 4 KiB characters is cut
	 * @return the action
	 */
	public static BulkAction cancel(String reason) {
		String storable = JobError.reason(reason);
		return new BulkAction("cancel", storable, LIVING,
				(hands, ids, from) -> hands.canceller().cancel(ids, from, storable));
	}

	/**
	 * Brings back jobs that are dead, cancelled or expired.
	 * @return the action
	 */
	public static BulkAction retry() {
		return new BulkAction("retry", EnumSet.of(JobState.DEAD, JobState.CANCELLED, JobState.EXPIRED),
				(hands, ids, from) -> hands.control().retry(ids));
	}

	/**
	 * Deletes jobs. Needs a filter that names the states. A job that has left those
	 * meanwhile stays as it is.
	 * @return the action
	 */
	public static BulkAction delete() {
		return new BulkAction("delete", EnumSet.allOf(JobState.class),
				(hands, ids, from) -> hands.control().delete(ids, from));
	}

	/**
	 * Puts waiting jobs on hold.
	 * @return the action
	 */
	public static BulkAction hold() {
		return new BulkAction("hold", WAITING, (hands, ids, from) -> hands.control().hold(ids));
	}

	/**
	 * Makes jobs ready that are on hold.
	 * @return the action
	 */
	public static BulkAction release() {
		return new BulkAction("release", EnumSet.of(JobState.SCHEDULED),
				(hands, ids, from) -> hands.control().release(ids));
	}

	/**
	 * Gives waiting jobs another time.
	 * @param due when they are to become ready
	 * @return the action
	 * @throws IllegalArgumentException if that is beyond what can be stored
	 */
	public static BulkAction reschedule(Due due) {
		due.from(Due.LATEST_CLOCK);
		return new BulkAction("reschedule", due.toString(), WAITING,
				(hands, ids, from) -> hands.control().reschedule(ids, due));
	}

	/**
	 * The same action, which ends early when somebody has enough of it. What is under way
	 * is done then, and the report says where to go on. A dry run ends early too.
	 * @param isEnough asked after each piece, by the thread that does it, with what was
	 * done so far; must not throw. It takes the place of one that was given before
	 * @return a copy
	 */
	public BulkAction until(Predicate<BulkReport> isEnough) {
		return new BulkAction(this.name, this.detail, this.states, this.step, isEnough);
	}

	/**
	 * For which jobs it is: by whatever filter, others are left as they are.
	 * @return their states, at least one
	 */
	public Set<JobState> states() {
		return Collections.unmodifiableSet(this.states);
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

	/** Changes jobs that were seen in some states. */
	Set<JobId> on(Hands hands, Collection<JobId> ids, Set<JobState> from) {
		return this.step.change(hands, ids, from);
	}

	boolean isEnough(BulkReport done) {
		return this.enough.test(done);
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

		Set<JobId> change(Hands hands, Collection<JobId> ids, Set<JobState> from);

	}

}
