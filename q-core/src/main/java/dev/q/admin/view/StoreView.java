package dev.q.admin.view;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.schedule.ScheduleDetails;
import dev.q.store.JobStore;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;
import dev.q.store.WorkerInfo;

/**
 * Queues, workers and schedules as maps.
 *
 * @since 0.1
 */
public final class StoreView {

	private StoreView() {
	}

	/**
	 * The whole store in a few figures.
	 * @param store which store
	 * @param queues the figures of all its queues
	 * @param workers its workers
	 * @return the fields
	 */
	public static JsonMap of(JobStore store, List<QueueStats> queues, List<WorkerInfo> workers) {
		Map<JobState, Long> jobs = new EnumMap<>(JobState.class);
		queues.forEach((queue) -> queue.counts().forEach((state, count) -> jobs.merge(state, count, Long::sum)));
		return new JsonMap().with("store", store.name())
			.with("problems", store.problems())
			.with("queues", queues.size())
			.with("pausedQueues",
					queues.stream()
						.filter((queue) -> queue.pause().mode() != PauseMode.NONE)
						.map((queue) -> queue.queue().value())
						.toList())
			.with("jobs", jobs)
			.with("workers", workers.size())
			.with("slots", workers.stream().mapToLong(WorkerInfo::slots).sum())
			.with("running", workers.stream().mapToLong(WorkerInfo::running).sum());
	}

	/**
	 * A queue.
	 * @param queue its figures
	 * @param workers all workers, of which those that work it are counted
	 * @return the fields
	 */
	public static Map<String, Object> of(QueueStats queue, List<WorkerInfo> workers) {
		return new JsonMap().with("name", queue.queue())
			.with("pause", queue.pause().mode())
			.with("pausedBy", queue.pause().by().isEmpty() ? null : queue.pause().by())
			.with("pausedSince", queue.pause().since())
			.with("waiting", queue.waiting())
			.with("jobs", counts(queue))
			.with("oldestReady", queue.oldestReady())
			.with("nextDue", queue.nextDue())
			.with("workers", workers.stream().filter((worker) -> worker.queues().contains(queue.queue())).count())
			.map();
	}

	private static EnumMap<JobState, Long> counts(QueueStats queue) {
		EnumMap<JobState, Long> counts = new EnumMap<>(JobState.class);
		counts.putAll(queue.counts());
		return counts;
	}

	/**
	 * A worker.
	 * @param worker the worker
	 * @return the fields
	 */
	public static Map<String, Object> of(WorkerInfo worker) {
		return new JsonMap().with("id", worker.id())
			.with("host", worker.host())
			.with("startedAt", worker.startedAt())
			.with("state", worker.state())
			.with("queues", worker.queues().stream().map(QueueName::value).toList())
			.with("exclusive", worker.exclusive().stream().map(QueueName::value).sorted().toList())
			.with("slots", worker.slots())
			.with("running", worker.running())
			.map();
	}

	/**
	 * A schedule.
	 * @param schedule the schedule
	 * @return the fields
	 */
	public static Map<String, Object> of(ScheduleDetails schedule) {
		return new JsonMap().with("name", schedule.name())
			.with("trigger", schedule.trigger())
			.with("zone", schedule.zone())
			.with("type", schedule.type())
			.with("queue", schedule.queue())
			.with("misfire", schedule.options().misfire().toString())
			.with("overlap", schedule.options().overlap())
			.with("jitter", schedule.options().jitter())
			.with("nextAt", schedule.nextAt())
			.with("paused", schedule.paused())
			.with("lastJob", schedule.lastJob())
			.map();
	}

	/**
	 * A schedule and its next times.
	 * @param schedule the schedule
	 * @param preview when it comes next
	 * @return the fields
	 */
	public static Map<String, Object> of(ScheduleDetails schedule, List<Instant> preview) {
		return new JsonMap().withAll(of(schedule))
			.with("preview", preview.stream().map(Object::toString).toList())
			.map();
	}

}
