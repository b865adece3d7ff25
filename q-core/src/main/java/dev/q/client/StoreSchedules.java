package dev.q.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.q.JobOption;
import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRejectedException;
import dev.q.UnsupportedJobOptionException;
import dev.q.cancel.Canceller;
import dev.q.job.Due;
import dev.q.job.Durability;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.Names;
import dev.q.job.NewJob;
import dev.q.job.UniqueKey;
import dev.q.schedule.Overlap;
import dev.q.schedule.ScheduleDetails;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Schedules;
import dev.q.schedule.Trigger;
import dev.q.store.JobStore;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;
import dev.q.store.StoreCapability;

/**
 * Schedules of a store. What must not overlap holds a unique key of its schedule, so that
 * the store sees to it in the step that stores a job.
 */
final class StoreSchedules implements Schedules {

	/** More than any schedule changes while its trigger is pulled. */
	private static final int MOST_TRIES = 10;

	/** What the job of a schedule cannot choose. */
	private static final List<JobOption<?>> NOT_ITS_OWN = List.of(JobOption.DUE, JobOption.DEADLINE,
			JobOption.DURABILITY, JobOption.MAX_LENGTH, JobOption.TRANSACTION);

	private final JobStore store;

	private final JobFactory factory;

	private final JobWriter writer;

	private final Canceller canceller;

	private final Runnable onChange;

	StoreSchedules(Canceller canceller, JobFactory factory, JobWriter writer, Runnable onChange) {
		this.store = canceller.store();
		this.canceller = canceller;
		this.factory = factory;
		this.writer = writer;
		this.onChange = onChange;
	}

	@Override
	public void upsertAll(Collection<ScheduleRequest> requests) {
		List<Schedule> schedules = requests.stream().map(this::schedule).toList();
		if (!schedules.isEmpty()) {
			Map<JobStore, Instant> times = new HashMap<>();
			stored().save(schedules.stream().map((it) -> {
				Instant now = times.computeIfAbsent(holderOf(it.spec()), StoreSchedules::timeOf);
				return it.movedTo(triggerOf(it).next(now), null);
			}).toList());
			this.onChange.run();
		}
	}

	@Override
	public void check(ScheduleRequest request) {
		schedule(request);
	}

	private ScheduleStore stored() {
		return this.store.schedules();
	}

	private JobStore holderOf(JobSpec spec) {
		return this.store.storeOf(spec.queue());
	}

	private static Instant timeOf(JobStore holder) {
		return holder.schedules().due(1).storeTime();
	}

	private Schedule schedule(ScheduleRequest request) {
		JobOptions options = request.job().options();
		for (JobOption<?> option : NOT_ITS_OWN) {
			if (options.get(option).isPresent()) {
				throw refused(request, "its job chooses %s. Leave that out".formatted(option));
			}
		}
		JobId id = request.job().id();
		if (id != null) {
			throw refused(request, "its job has the id %s, but each tick has its own. Leave it out".formatted(id));
		}
		NewJob job = this.factory.draft(request.job(), 0).job();
		Duration age = job.spec().limits().timeToLive();
		Duration jitter = request.options().jitter();
		if (age != null && jitter.compareTo(age) >= 0) {
			throw refused(request,
					"a jitter of %s is not less than the time to live of its jobs, %s, so some would expire before they are ready. Let them live longer, or lower the jitter"
						.formatted(jitter, age));
		}
		// Nobody waits for a tick.
		JobSpec spec = withKey(request, job).withDurability(Durability.STANDARD);
		return new Schedule(request.name(), request.trigger(), request.zone(), spec, Instant.EPOCH)
			.withOptions(request.options());
	}

	private JobSpec withKey(ScheduleRequest request, NewJob job) {
		Overlap overlap = request.options().overlap();
		if (overlap != Overlap.ALLOW && job.spec().unique() != null) {
			throw refused(request,
					"its overlap is %s, which does not go with the unique key of its job. Leave one of them out"
						.formatted(overlap));
		}
		if (overlap != Overlap.SKIP && overlap != Overlap.QUEUE_ONE) {
			return job.spec();
		}
		UniqueKey key = UniqueKey.of("q.schedule:" + request.name());
		if (overlap == Overlap.SKIP) {
			return job.spec().withUnique(key);
		}
		JobStore holder = holderOf(job.spec());
		if (!holder.capabilities().contains(StoreCapability.UNIQUE_UPDATES)) {
			throw new UnsupportedJobOptionException(job.id(),
					"overlap QUEUE_ONE of schedule %s".formatted(request.name()),
					"Store %s lacks the capability %s. Use SKIP, or a store that has it".formatted(holder.name(),
							StoreCapability.UNIQUE_UPDATES));
		}
		return job.spec().withUnique(new UniqueKey(key.value(), key.scope(), UniqueKey.Conflict.RUN_AGAIN_AFTER));
	}

	private static IllegalArgumentException refused(ScheduleRequest request, String problem) {
		return new IllegalArgumentException("Schedule %s: %s".formatted(request.name(), problem));
	}

	@Override
	public boolean remove(String name) {
		return stored().remove(name);
	}

	@Override
	public List<ScheduleDetails> list() {
		return stored().list()
			.stream()
			.map((it) -> new ScheduleDetails(it.name(), it.trigger(), it.zone(), it.spec().type(), it.spec().queue(),
					it.options(), it.nextAt(), it.paused(), it.lastJob()))
			.toList();
	}

	@Override
	public boolean pause(String name) {
		return stored().pause(name);
	}

	@Override
	public boolean resume(String name) {
		boolean isThere = stored().resume(name);
		this.onChange.run();
		return isThere;
	}

	@Override
	public JobReceipt trigger(String name) {
		Schedule schedule = require(name);
		NewJob job = new NewJob(this.factory.newId(), schedule.spec(), Due.NOW);
		if (schedule.options().overlap() == Overlap.CANCEL_PREVIOUS) {
			return cancelAndFire(schedule, job);
		}
		Answers answers = new Answers();
		this.writer.insert(new Draft(0, job, 0, null), answers);
		return answers.receipts().get(0);
	}

	/**
	 * The job becomes the last one of the schedule, so that the next tick cancels it.
	 */
	private JobReceipt cancelAndFire(Schedule first, NewJob job) {
		Schedule schedule = first;
		for (int tries = 1; tries <= MOST_TRIES; tries++) {
			JobId last = schedule.lastJob();
			if (last != null) {
				this.canceller.cancel(schedule.spec().queue(), last,
						"Schedule %s was triggered".formatted(schedule.name()));
			}
			if (stored().fire(schedule, schedule.nextAt(), job)) {
				return new JobReceipt(job.id(), job.spec().queue(), JobReceipt.Status.STORED);
			}
			Schedule before = schedule;
			schedule = require(before.name());
			if (schedule.equals(before)) {
				break;
			}
		}
		throw new JobRejectedException(
				"Schedule %s was not triggered: queue %s is full or paused, or others change the schedule all the time. Try again later"
					.formatted(first.name(), job.spec().queue()),
				List.of(job.id()), List.of());
	}

	private Schedule require(String name) {
		return stored().list()
			.stream()
			.filter((schedule) -> schedule.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"There is no schedule %s. Add it first, or look at all there are with list()"
						.formatted(Names.quoted(name))));
	}

	@Override
	public List<Instant> preview(String name, int count) {
		Schedule schedule = require(name);
		Instant now = timeOf(holderOf(schedule.spec()));
		Instant next = schedule.nextAt().isBefore(now) ? now : schedule.nextAt();
		return triggerOf(schedule).preview(next.minusMillis(1), count);
	}

	private static Trigger triggerOf(Schedule schedule) {
		return Trigger.of(schedule.trigger(), Trigger.zone(schedule.zone()));
	}

}
