package dev.q.admin.explain;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * Why a job does not run yet, that it runs, or how it ended.
 *
 * @param id which job
 * @param details the job, or null if it is not known or the store does not answer
 * @param storeTime what the clock of the store showed, or null if it did not answer
 * @param reasons at least one; what must change first stands first
 * @param timeline what is known of its course, the earliest first; empty if nothing is
 * @since 0.1
 */
public record Explanation(JobId id, @Nullable JobDetails details, @Nullable Instant storeTime, List<Reason> reasons,
		List<Moment> timeline) {

	/**
	 * Copies the lists.
	 */
	public Explanation {
		reasons = List.copyOf(reasons);
		timeline = List.copyOf(timeline);
	}

	/**
	 * Whether the next claim of the job's queue takes the job: a claim of one job brought
	 * it at that moment. Where all workers know that the queue is exclusive, a claim that
	 * says so is meant.
	 * @return true if {@link Surroundings.Claimable} is a reason
	 */
	public boolean isClaimable() {
		return this.reasons.stream().anyMatch(Surroundings.Claimable.class::isInstance);
	}

	/**
	 * The explanation for people: where the job stands, and a line for each reason and
	 * for each moment of its course. Neither its payload nor its result is in it.
	 * @return lines without an end of line at the end; what users wrote is escaped
	 */
	public String text() {
		StringBuilder text = new StringBuilder(headline());
		this.reasons.forEach((reason) -> text.append("\n- ").append(reason.text()));
		this.timeline.forEach((moment) -> text.append("\n  %s %s".formatted(moment.at(), moment.text())));
		return text.toString();
	}

	private String headline() {
		if (this.details == null) {
			return "Job " + this.id;
		}
		Job job = this.details.job();
		return "Job %s of type %s in queue %s is %s%s".formatted(this.id, job.spec().type(), job.spec().queue(),
				job.state(), history(job.counters()));
	}

	private static String history(JobCounters counters) {
		return (counters.deliveries() == 0) ? ", and was never claimed"
				: " (claims %d, failures %d, crashes %d, nacks %d, other releases %d)".formatted(counters.deliveries(),
						counters.failures(), counters.crashes(), counters.nacks(), counters.releases());
	}

	/**
	 * The explanation for programs, made of texts, numbers, truth values, instants, lists
	 * and maps. Neither payload nor result nor stack trace is in it.
	 * @return {@code id}, {@code claimable}, {@code reasons} and {@code timeline}; if the
	 * job is known, {@code queue}, {@code type}, {@code state}, {@code counters} and
	 * {@code storeTime} besides
	 */
	public Map<String, Object> toMap() {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("id", this.id.toString());
		if (this.details != null && this.storeTime != null) {
			Job job = this.details.job();
			map.put("queue", job.spec().queue().value());
			map.put("type", job.spec().type().value());
			map.put("state", job.state().name());
			map.put("counters", toMap(job.counters()));
			map.put("storeTime", this.storeTime);
		}
		map.put("claimable", isClaimable());
		map.put("reasons", this.reasons.stream().map(Explanation::toMap).toList());
		map.put("timeline", this.timeline.stream().map(Explanation::toMap).toList());
		return map;
	}

	private static Map<String, Object> toMap(Reason reason) {
		return ordered("code", reason.code(), "text", reason.text(), "evidence", reason.evidence());
	}

	private static Map<String, Object> toMap(Moment moment) {
		Map<String, Object> map = ordered("at", moment.at(), "event", moment.event().name(), "text", moment.text());
		if (!moment.evidence().isEmpty()) {
			map.put("evidence", moment.evidence());
		}
		return map;
	}

	private static Map<String, Object> toMap(JobCounters counters) {
		Map<String, Object> map = ordered("deliveries", counters.deliveries(), "failures", counters.failures(),
				"crashes", counters.crashes());
		map.put("nacks", counters.nacks());
		map.put("releases", counters.releases());
		return map;
	}

	private static Map<String, Object> ordered(Object... namesAndValues) {
		Map<String, Object> map = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			map.put((String) namesAndValues[i], namesAndValues[i + 1]);
		}
		return map;
	}

}
