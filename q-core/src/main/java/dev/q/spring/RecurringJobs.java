package dev.q.spring;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.q.engine.EnginePorts;
import dev.q.loop.Loop;
import dev.q.schedule.Recurring;
import dev.q.schedule.ScheduleDetails;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Schedules;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Puts the schedules that handlers declare by {@link Recurring} into the store, once
 * after each start, and removes those that the application declares no more. What cannot
 * be used fails the start; a store that cannot be reached does not, and is tried until it
 * answers.
 *
 * @since 0.1
 */
public final class RecurringJobs implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(RecurringJobs.class);

	private final JobHandlerBeans handlers;

	private final RecurringRequests reader;

	private final Schedules schedules;

	private final EnginePorts ports;

	private final boolean removesVanished;

	private volatile @Nullable Loop loop;

	/**
	 * Makes a lifecycle.
	 * @param handlers knows what is declared
	 * @param reader reads it
	 * @param schedules where it goes
	 * @param ports time and threads
	 * @param removesVanished whether schedules go that this application declared before
	 * and does no more
	 */
	public RecurringJobs(JobHandlerBeans handlers, RecurringRequests reader, Schedules schedules, EnginePorts ports,
			boolean removesVanished) {
		this.handlers = handlers;
		this.reader = reader;
		this.schedules = schedules;
		this.ports = ports;
		this.removesVanished = removesVanished;
	}

	@Override
	public void start() {
		List<ScheduleRequest> declared = this.reader.of(this.handlers.recurring());
		if (declared.isEmpty() && this.reader.owner() == null) {
			return;
		}
		Loop starting = new Loop("recurring", () -> declare(declared), this.ports.clock());
		this.loop = starting;
		this.ports.threads().start(starting);
	}

	private Duration declare(List<ScheduleRequest> declared) {
		List<ScheduleDetails> known = this.schedules.list();
		known.forEach((schedule) -> tellOfTakeOver(schedule, declared));
		this.schedules.upsertAll(declared);
		Set<String> names = declared.stream().map(ScheduleRequest::name).collect(Collectors.toSet());
		known.stream()
			.filter(this::isOwn)
			.map(ScheduleDetails::name)
			.filter((name) -> !names.contains(name))
			.forEach(this::vanish);
		stop();
		return Loop.UNTIL_WOKEN;
	}

	private void tellOfTakeOver(ScheduleDetails known, List<ScheduleRequest> declared) {
		boolean isDeclared = declared.stream().anyMatch((request) -> request.name().equals(known.name()));
		if (isDeclared && known.options().owner() != null && !isOwn(known)) {
			logger.warn(
					"Schedule {} was declared by application {}, and now is by {}. If both run, give one another id",
					known.name(), known.options().owner(), this.reader.owner());
		}
	}

	private boolean isOwn(ScheduleDetails schedule) {
		return schedule.options().owner() != null && schedule.options().owner().equals(this.reader.owner());
	}

	private void vanish(String name) {
		if (this.removesVanished) {
			this.schedules.remove(name);
			logger.info("Schedule {} is removed, for this application declares it no more", name);
		}
		else {
			logger.info("Schedule {} goes on, though this application declares it no more", name);
		}
	}

	@Override
	public void stop() {
		Loop stopping = this.loop;
		if (stopping != null) {
			stopping.stop();
		}
		this.loop = null;
	}

	@Override
	public boolean isRunning() {
		return this.loop != null;
	}

	/**
	 * Before the engine, so that what cannot be used fails the start before a job runs.
	 */
	@Override
	public int getPhase() {
		return JobEngineLifecycle.PHASE - 1;
	}

}
