package dev.q.cli.act;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.q.admin.view.JsonMap;
import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.store.JobCatalog;

/**
 * A job that was named and is not changed.
 *
 * @param id which
 * @param why why not
 */
record Untouched(JobId id, String why) {

	/**
	 * Those of some jobs that are not there, or in whose way something stands. No more
	 * than some jobs are held at once.
	 * @param ids which jobs
	 * @param catalog looks at them
	 * @param obstacle what stands in the way of a job
	 */
	static List<Untouched> among(List<JobId> ids, JobCatalog catalog, Function<Job, Optional<String>> obstacle) {
		return Pieces.toSee(ids).stream().flatMap((piece) -> amongSome(piece, catalog, obstacle).stream()).toList();
	}

	private static List<Untouched> amongSome(List<JobId> ids, JobCatalog catalog,
			Function<Job, Optional<String>> obstacle) {
		Map<JobId, Optional<String>> known = catalog.find(ids)
			.stream()
			.map(JobDetails::job)
			.collect(Collectors.toMap(Job::id, obstacle));
		List<Untouched> untouched = new ArrayList<>();
		for (JobId id : ids) {
			known.getOrDefault(id, Optional.of("there is no such job"))
				.ifPresent((text) -> untouched.add(new Untouched(id, text)));
		}
		return untouched;
	}

	/** Those of which nobody can say why, since the store fails. */
	static List<Untouched> unexplained(List<JobId> ids) {
		return ids.stream().map((id) -> new Untouched(id, "why is unknown, since the store failed")).toList();
	}

	Map<String, Object> json() {
		return new JsonMap().with("id", this.id).with("why", this.why).map();
	}

	String line() {
		return "Not %s: %s".formatted(this.id, this.why);
	}

}
