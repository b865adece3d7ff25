package dev.q.boot.endpoint;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.q.admin.JobAdmin;
import dev.q.admin.ScheduleAdmin;
import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Names;
import dev.q.job.QueueName;
import dev.q.schedule.ScheduleDetails;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;
import dev.q.store.WorkerInfo;

/**
 * What the endpoint shows.
 *
 * @param store where the jobs are
 * @param admin looks at jobs, queues and workers
 * @param schedules looks at schedules
 */
record Looks(JobStore store, JobAdmin admin, ScheduleAdmin schedules) {

	static final String AREAS = "queues, jobs, workers and schedules";

	private static final int USUAL_PAGE = 50;

	private static final int MOST_ON_PAGE = 500;

	private static final int TICKS = 5;

	Map<String, Object> overview() {
		List<QueueStats> queues = this.admin.queues();
		List<WorkerInfo> workers = this.admin.workers();
		Map<JobState, Long> jobs = new EnumMap<>(JobState.class);
		queues.forEach((queue) -> queue.counts().forEach((state, count) -> jobs.merge(state, count, Long::sum)));
		return new JsonMap().with("store", this.store.name())
			.with("problems", this.store.problems())
			.with("queues", queues.size())
			.with("pausedQueues",
					queues.stream()
						.filter((queue) -> queue.pause() != PauseMode.NONE)
						.map((queue) -> queue.queue().value())
						.toList())
			.with("jobs", jobs)
			.with("workers", workers.size())
			.with("slots", workers.stream().mapToLong(WorkerInfo::slots).sum())
			.with("running", workers.stream().mapToLong(WorkerInfo::running).sum())
			.with("schedules", this.schedules.list().size())
			.map();
	}

	Map<String, Object> list(String area, Wish wish, JobJson json) {
		if (!area.equals("jobs") && !wish.equals(new Wish(new Wish.Filter(null, null, null, null, null), null, null))) {
			throw new IllegalArgumentException(
					"Only jobs are looked for by a filter. All %s are shown".formatted(area));
		}
		return switch (area) {
			case "queues" -> {
				List<WorkerInfo> workers = this.admin.workers();
				yield Map.of("queues", this.admin.queues().stream().map((queue) -> of(queue, workers)).toList());
			}
			case "jobs" -> jobs(wish, json);
			case "workers" -> Map.of("workers", this.admin.workers().stream().map(Looks::of).toList());
			case "schedules" -> Map.of("schedules", this.schedules.list().stream().map(Looks::of).toList());
			default -> throw Wish.noArea(area, AREAS);
		};
	}

	private Map<String, Object> jobs(Wish wish, JobJson json) {
		JobCatalog.Page<Job> page = this.admin.search(wish.filter().read(), wish.limit(USUAL_PAGE, MOST_ON_PAGE),
				wish.cursor());
		return new JsonMap().with("jobs", page.items().stream().map(json::of).toList()).with("next", page.next()).map();
	}

	Map<String, Object> one(String area, String name, JobJson json) {
		return switch (area) {
			case "queues" -> queue(new QueueName(name));
			case "jobs" -> job(JobId.of(name), json);
			case "workers" -> this.admin.workers()
				.stream()
				.filter((worker) -> worker.id().value().equals(name))
				.findFirst()
				.map(Looks::of)
				.orElseThrow(() -> noSuch("worker", name));
			case "schedules" -> schedule(name);
			default -> throw Wish.noArea(area, AREAS);
		};
	}

	private Map<String, Object> queue(QueueName name) {
		return this.admin.queues()
			.stream()
			.filter((queue) -> queue.queue().equals(name))
			.findFirst()
			.map((queue) -> of(queue, this.admin.workers()))
			.orElseThrow(() -> noSuch("queue", name.value()));
	}

	private Map<String, Object> job(JobId id, JobJson json) {
		JobDetails details = this.admin.find(id).orElseThrow(() -> noSuch("job", id.toString()));
		return json.of(details, this.admin.explain(id));
	}

	private Map<String, Object> schedule(String name) {
		ScheduleDetails schedule = this.schedules.list()
			.stream()
			.filter((each) -> each.name().equals(name))
			.findFirst()
			.orElseThrow(() -> noSuch("schedule", name));
		return new JsonMap().withAll(of(schedule))
			.with("preview", this.schedules.preview(name, TICKS).stream().map(Object::toString).toList())
			.map();
	}

	static RefusedException noSuch(String what, String name) {
		return RefusedException.notFound("There is no %s %s".formatted(what, Names.quoted(name)));
	}

	private static Map<String, Object> of(QueueStats queue, List<WorkerInfo> workers) {
		return new JsonMap().with("name", queue.queue())
			.with("pause", queue.pause())
			.with("waiting", queue.waiting())
			.with("jobs", new EnumMap<>(counts(queue)))
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

	private static Map<String, Object> of(WorkerInfo worker) {
		return new JsonMap().with("id", worker.id())
			.with("host", worker.host())
			.with("startedAt", worker.startedAt())
			.with("state", worker.state())
			.with("queues", worker.queues().stream().map(QueueName::value).toList())
			.with("slots", worker.slots())
			.with("running", worker.running())
			.map();
	}

	private static Map<String, Object> of(ScheduleDetails schedule) {
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

}
