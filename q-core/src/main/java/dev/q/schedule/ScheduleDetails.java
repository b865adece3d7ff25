package dev.q.schedule;

import java.time.Instant;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it stands in the store.
 *
 * @param name what it is known by
 * @param trigger when it comes, as text
 * @param zone in which zone that is meant
 * @param type which handler runs its jobs
 * @param queue where its jobs wait
 * @param options how it behaves
 * @param nextAt when it comes next, without jitter; what has passed is due
 * @param paused whether it does not come for now
 * @param lastJob the job of its last tick, or null if it has not come yet. A tick that
 * was left out by {@link Overlap#SKIP} counts as one, and its job is not known
 * @since 0.1
 */
public record ScheduleDetails(String name, String trigger, String zone, TypeName type, QueueName queue,
		ScheduleOptions options, Instant nextAt, boolean paused, @Nullable JobId lastJob) {
}
