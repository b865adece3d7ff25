/**
 * Jobs that come again: when they come, what happens to those that could not come in
 * time, and what they do while one of them still runs.
 *
 * <p>
 * A schedule is a name, a {@link dev.q.schedule.Trigger} and a job. It stands in the
 * store with the time of its next tick. No leader is needed: each worker sees which
 * schedules are due and stores the job of the tick, and in the same step the store moves
 * the schedule on, if it still stands where it stood. The id of a tick's job is made of
 * the schedule and the tick alone, so that even a tick that is fired again stores nothing
 * twice. The store's clock decides, so the clocks of the workers do not matter.
 *
 * <p>
 * {@link dev.q.schedule.Recurring} stands here and not beside {@code JobHandler}, since
 * the root package is full.
 */
@NullMarked
package dev.q.schedule;

import org.jspecify.annotations.NullMarked;
