package dev.q.admin.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptRecord;
import dev.q.store.JobCatalog.Standing;
import dev.q.store.JobStore;
import dev.q.store.StoreException;

/**
 * Explains jobs. One look at a job and at what stands around it, in one step, tells
 * whether a claim takes it; who holds its key, who works its queue and what became of its
 * attempts is asked beside it. Changes nothing. Safe for use by many threads.
 *
 * @since 0.1
 */
public final class Explainer {

	/** As many jobs are counted that come before one; for more, that is said. */
	public static final int MOST_COUNTED = 1000;

	private final JobStore store;

	/**
	 * Explains what is in a store.
	 * @param store where the jobs are
	 */
	public Explainer(JobStore store) {
		this.store = store;
	}

	/**
	 * Explains a job, of whatever queue.
	 * @param id which job
	 * @return why it stands where it stands. That it is unknown, or that the store does
	 * not answer, is a reason too
	 */
	public Explanation explain(JobId id) {
		try {
			return this.store.catalog()
				.find(List.of(id))
				.stream()
				.findFirst()
				.flatMap((job) -> standing(job.job().spec().queue(), id))
				.orElseGet(() -> new Explanation(id, null, null, List.of(new Surroundings.Unknown(id)), List.of()));
		}
		catch (StoreException ex) {
			String failure = Objects.requireNonNullElse(ex.getMessage(), ex.getClass().getName());
			return new Explanation(id, null, null, List.of(new Surroundings.StoreAway(this.store.name(), failure)),
					List.of());
		}
	}

	private Optional<Explanation> standing(QueueName queue, JobId id) {
		return this.store.catalog().standing(queue, id, MOST_COUNTED + 1).map(this::explain);
	}

	private Explanation explain(Standing standing) {
		JobDetails details = standing.details();
		Job job = details.job();
		List<Reason> reasons = job.state().isTerminal() ? List.of(Reasons.end(details)) : reasons(standing);
		return new Explanation(job.id(), details, standing.storeTime(), reasons, Timeline.of(job, attempts(job)));
	}

	private List<AttemptRecord> attempts(Job job) {
		return (job.counters().deliveries() > 0) ? this.store.catalog().attempts(job.spec().queue(), job.id())
				: List.of();
	}

	private List<Reason> reasons(Standing standing) {
		Crew crew = new Crew(this.store.cluster().workers(), standing.details().job().spec().queue());
		List<Reason> reasons = new ArrayList<>();
		switch (standing.details().state()) {
			case RUNNING -> reasons.add(Reasons.running(standing, crew));
			case BLOCKED -> {
				reasons.add(Reasons.waitingForKey(standing, holder(standing)));
				Reasons.addSurroundings(standing, crew, reasons);
			}
			default -> {
				Reasons.addOwn(standing, reasons);
				Reasons.addSurroundings(standing, crew, reasons);
				Reasons.addPlace(standing, crew, reasons);
			}
		}
		return reasons;
	}

	private Optional<JobDetails> holder(Standing standing) {
		JobId holder = standing.keyHolder();
		QueueName queue = standing.details().job().spec().queue();
		return (holder != null) ? this.store.catalog().find(queue, List.of(holder)).stream().findFirst()
				: Optional.empty();
	}

}
