package dev.q.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.q.cancel.Canceller;
import dev.q.event.JobEvents;
import dev.q.job.JobId;
import dev.q.job.Names;
import dev.q.job.NewJob;
import dev.q.schedule.Misfire;
import dev.q.schedule.Overlap;
import dev.q.schedule.Tick;
import dev.q.schedule.Trigger;
import dev.q.store.JobStore;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires the schedules that are due. Every node does so, without a leader: of those that
 * see a tick, the store lets one fire it. For use by one thread.
 *
 * @since 0.1
 */
public final class ScheduleFiring {

	/** Most schedules of one look, unless all of so many stand still. */
	static final int PAGE = 100;

	private static final int MOST = 100_000;

	private static final Logger logger = LoggerFactory.getLogger(ScheduleFiring.class);

	private final ScheduleStore schedules;

	private final Canceller canceller;

	/** Those whose trigger this node cannot read, of which it has told. */
	private final Set<String> unreadable = new HashSet<>();

	/** Those that failed when they were looked at last, of which this node has told. */
	private final Set<String> failing = new HashSet<>();

	private int page = PAGE;

	/**
	 * Makes a firing that has yet to be run.
	 * @param store where schedules and jobs are
	 * @param events told of jobs that are cancelled in favour of a tick
	 */
	public ScheduleFiring(JobStore store, JobEvents events) {
		this.schedules = store.schedules();
		this.canceller = new Canceller(store, events);
	}

	/**
	 * Looks once, and fires one tick of each schedule that is due. One that fails keeps
	 * no other from being fired: it stays due, and the log tells of it once until it
	 * works again.
	 * @return what was done
	 */
	public Round run() {
		ScheduleStore.Timetable table = this.schedules.due(this.page);
		List<Schedule> due = table.due();
		Attempts attempts = new Attempts();
		int moved = 0;
		for (Schedule schedule : due) {
			moved += attempts.count(() -> tryToMove(schedule, table.storeTime()) ? 1 : 0);
		}
		// Those whose queue takes nothing in stay due, and come first: they must not hide
		// the others for ever.
		this.page = (moved == 0 && due.size() == this.page) ? Math.min(2 * this.page, MOST) : PAGE;
		if (moved == 0) {
			attempts.rethrow();
		}
		return new Round(moved, due.size() - moved, table.untilNext());
	}

	private boolean tryToMove(Schedule due, Instant storeTime) {
		try {
			boolean moved = move(due, storeTime);
			if (this.failing.remove(due.name())) {
				logger.info("Schedule {} works again", Names.quoted(due.name()));
			}
			return moved;
		}
		catch (RuntimeException ex) {
			if (this.failing.size() < MOST && this.failing.add(due.name())) {
				logger.warn("Schedule {} cannot be fired, and is tried again until it works", Names.quoted(due.name()),
						ex);
			}
			return false;
		}
	}

	private boolean move(Schedule due, Instant storeTime) {
		Trigger trigger;
		try {
			trigger = Trigger.of(due.trigger(), Trigger.zone(due.zone()));
		}
		catch (IllegalArgumentException ex) {
			tellOnce(due, ex);
			return false;
		}
		// Servers of a cluster may differ about the time: that it is due is certain.
		Instant now = storeTime.isBefore(due.nextAt()) ? due.nextAt() : storeTime;
		Misfire.Step step = due.options().misfire().step(trigger, due.nextAt(), now);
		Instant tick = step.tick();
		if (tick == null) {
			logger.info("Ticks of schedule {} from {} on are passed over, for they are too late", due.name(),
					due.nextAt());
			return this.schedules.skip(due, step.next());
		}
		cancelPrevious(due);
		return this.schedules.fire(due, step.next(), job(due, new Tick(due.name(), tick)));
	}

	/**
	 * Before the tick is fired and not after: whoever dies between the two leaves the
	 * tick due, and not two jobs of which nobody knows that one was to be cancelled. Of
	 * several stores only that of the queue is asked: another one that is away must not
	 * hold up the tick.
	 */
	private void cancelPrevious(Schedule due) {
		JobId last = due.lastJob();
		if (due.options().overlap() == Overlap.CANCEL_PREVIOUS && last != null) {
			this.canceller.cancel(due.spec().queue(), last,
					"The next tick of schedule %s has come".formatted(due.name()));
		}
	}

	private static NewJob job(Schedule due, Tick tick) {
		return new NewJob(tick.id(), due.spec(), tick.due(due.options().jitter()));
	}

	private void tellOnce(Schedule schedule, IllegalArgumentException problem) {
		if (this.unreadable.size() < MOST && this.unreadable.add(schedule.name() + ' ' + schedule.trigger())) {
			logger.warn("Schedule {} is left to others, for this node cannot read its trigger: {}",
					Names.quoted(schedule.name()), problem.getMessage());
		}
	}

	/**
	 * What one look at the schedules did.
	 *
	 * @param moved how many were fired or passed over here
	 * @param left how many were due and were not: others were faster, or their queue
	 * takes nothing in
	 * @param untilNext how long it is until the next one is due; empty if none waits
	 */
	public record Round(int moved, int left, Optional<Duration> untilNext) {
	}

}
