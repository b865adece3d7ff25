package dev.q.cli.act;

import dev.q.job.JobId;
import dev.q.job.QException;
import dev.q.schedule.Overlap;
import dev.q.schedule.ScheduleDetails;
import dev.q.store.StoreException;

/**
 * Nobody knows whether the job of a schedule has come once more; the message says how to
 * see it, and what another trigger would do.
 */
final class TriggerInDoubtException extends QException {

	/**
	 * Reports it.
	 * @param schedule which schedule
	 * @param before an id that is less than that of the job
	 * @param cause what led to it
	 */
	TriggerInDoubtException(ScheduleDetails schedule, JobId before, StoreException cause) {
		super("Schedule %s may have come once more or not: %s. The job is there if 'q ls --queue %s --type %s --cursor %s' shows one; else trigger it again. If it is there, %s"
			.formatted(schedule.name(), cause.getMessage(), schedule.queue(), schedule.type(), before,
					again(schedule.options().overlap())),
				cause);
	}

	private static String again(Overlap overlap) {
		return switch (overlap) {
			case ALLOW -> "that would store a second one";
			case SKIP -> "that would store a second one as soon as the first has ended";
			case QUEUE_ONE -> "that would store a second one as soon as the first runs or has ended";
			case CANCEL_PREVIOUS -> "that would cancel it and store a second one";
		};
	}

}
