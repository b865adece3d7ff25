package dev.q.boot.endpoint;

import java.util.List;
import java.util.Map;

import dev.q.admin.JobAdmin;
import dev.q.admin.ScheduleAdmin;
import dev.q.admin.view.JobView;
import dev.q.admin.view.JsonMap;
import dev.q.admin.view.StoreView;
import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.Names;
import dev.q.job.QueueName;
import dev.q.schedule.ScheduleDetails;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
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
		return StoreView.of(this.store, this.admin.queues(), this.admin.workers())
			.with("schedules", this.schedules.list().size())
			.map();
	}

	Map<String, Object> list(String area, Wish wish, JobView view) {
		if (!area.equals("jobs") && !wish.equals(new Wish(new Wish.Filter(null, null, null, null, null), null, null))) {
			throw new IllegalArgumentException(
					"Only jobs are looked for by a filter. All %s are shown".formatted(area));
		}
		return switch (area) {
			case "queues" -> {
				List<WorkerInfo> workers = this.admin.workers();
				yield Map.of("queues",
						this.admin.queues().stream().map((queue) -> StoreView.of(queue, workers)).toList());
			}
			case "jobs" -> jobs(wish, view);
			case "workers" -> Map.of("workers", this.admin.workers().stream().map(StoreView::of).toList());
			case "schedules" -> Map.of("schedules", this.schedules.list().stream().map(StoreView::of).toList());
			default -> throw Wish.noArea(area, AREAS);
		};
	}

	private Map<String, Object> jobs(Wish wish, JobView view) {
		JobCatalog.Page<Job> page = this.admin.search(wish.filter().read(), wish.limit(USUAL_PAGE, MOST_ON_PAGE),
				wish.cursor());
		return new JsonMap().with("jobs", page.items().stream().map(view::of).toList()).with("next", page.next()).map();
	}

	Map<String, Object> one(String area, String name, JobView view) {
		return switch (area) {
			case "queues" -> queue(new QueueName(name));
			case "jobs" -> job(JobId.of(name), view);
			case "workers" -> this.admin.workers()
				.stream()
				.filter((worker) -> worker.id().value().equals(name))
				.findFirst()
				.map(StoreView::of)
				.orElseThrow(() -> noSuch("worker", name));
			case "schedules" -> schedule(name);
			default -> throw Wish.noArea(area, AREAS);
		};
	}

	private Map<String, Object> queue(QueueName name) {
		// It is the first of those whose names begin so, and no other one is counted.
		return this.admin.queues(name.value(), 1, null)
			.items()
			.stream()
			.filter((queue) -> queue.queue().equals(name))
			.findFirst()
			.map((queue) -> StoreView.of(queue, this.admin.workers()))
			.orElseThrow(() -> noSuch("queue", name.value()));
	}

	private Map<String, Object> job(JobId id, JobView view) {
		JobDetails details = this.admin.find(id).orElseThrow(() -> noSuch("job", id.toString()));
		return view.of(details, this.admin.attempts(details.job().spec().queue(), id), this.admin.explain(id));
	}

	private Map<String, Object> schedule(String name) {
		ScheduleDetails schedule = this.schedules.find(name).orElseThrow(() -> noSuch("schedule", name));
		return StoreView.of(schedule, this.schedules.preview(name, TICKS));
	}

	static RefusedException noSuch(String what, String name) {
		return RefusedException.notFound("There is no %s %s".formatted(what, Names.quoted(name)));
	}

}
