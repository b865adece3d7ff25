package dev.q.store.jdbc.signal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import org.jspecify.annotations.Nullable;

/**
 * What one call changed that workers may want to know. Told after its commit.
 *
 * @since 0.1
 */
public final class News {

	private static final int MOST_MESSAGES = 10_000;

	private final Map<QueueName, Integer> ready = new LinkedHashMap<>();

	private final Map<JobId, WorkerId> revoked = new LinkedHashMap<>();

	/**
	 * Of jobs that were stored in a transaction that took long, or were held for a
	 * moment.
	 */
	private final Map<QueueName, Late> late = new LinkedHashMap<>();

	/** Empty for most calls, so that they need no list. */
	private List<String> messages = List.of();

	/**
	 * Adds a job that is ready.
	 * @param queue where it is
	 * @return this
	 */
	public News ready(QueueName queue) {
		return ready(queue, 1);
	}

	/**
	 * Adds jobs that are ready.
	 * @param queue where they are
	 * @param jobs how many
	 * @return this
	 */
	public News ready(QueueName queue, int jobs) {
		this.ready.merge(queue, jobs, Integer::sum);
		return this;
	}

	/**
	 * Adds a lease that was lost.
	 * @param job whose lease
	 * @param worker who had it, or null if nobody had
	 * @return this
	 */
	public News revoked(JobId job, @Nullable String worker) {
		if (worker != null) {
			this.revoked.put(job, new WorkerId(worker));
		}
		return this;
	}

	/**
	 * Adds places that claims may have passed over.
	 * @param queue where they are
	 * @param late which they are
	 * @return this
	 */
	public News late(QueueName queue, Late late) {
		this.late.merge(queue, late, Late::and);
		return this;
	}

	/**
	 * Adds jobs that have their keys now, for which they had to wait, or that were made
	 * ready in a transaction that took long.
	 * @param readied each as the server says it: when its place was drawn, the place, and
	 * the queue, with blanks between them
	 * @return this
	 */
	public News readied(List<String> readied) {
		for (String job : readied) {
			String[] words = job.split(" ", 3);
			QueueName queue = new QueueName(words[2]);
			ready(queue).late(queue, new Late(Long.parseLong(words[1]), Long.parseLong(words[0])));
		}
		return this;
	}

	/**
	 * Adds a message to all other processes. Beyond a number of them they are dropped:
	 * then nobody can be told for now.
	 * @param message what to say
	 * @return this
	 */
	public News message(String message) {
		if (this.messages.isEmpty()) {
			this.messages = new ArrayList<>();
		}
		if (this.messages.size() < MOST_MESSAGES) {
			this.messages.add(message);
		}
		return this;
	}

	/**
	 * Adds other news.
	 * @param other those
	 * @return this
	 */
	public News add(News other) {
		other.ready.forEach(this::ready);
		this.revoked.putAll(other.revoked);
		other.late.forEach(this::late);
		other.messages.forEach(this::message);
		return this;
	}

	/**
	 * Whether there is nothing to tell.
	 * @return true if so
	 */
	public boolean isEmpty() {
		return this.ready.isEmpty() && this.revoked.isEmpty() && this.late.isEmpty() && this.messages.isEmpty();
	}

	/**
	 * How many jobs are ready.
	 * @return their number, by queue
	 */
	public Map<QueueName, Integer> ready() {
		return this.ready;
	}

	/**
	 * Which leases were lost.
	 * @return who had them, by job
	 */
	public Map<JobId, WorkerId> revoked() {
		return this.revoked;
	}

	/**
	 * Which places claims may have passed over.
	 * @return those places, by queue
	 */
	public Map<QueueName, Late> late() {
		return this.late;
	}

	/**
	 * What is to be said to all other processes.
	 * @return the messages
	 */
	public List<String> messages() {
		return this.messages;
	}

	/**
	 * Places that claims may have passed over.
	 *
	 * @param place the lowest of them
	 * @param since when it was drawn, by the clock of the server: as long as that is no
	 * while ago, no claim passes over it
	 */
	public record Late(long place, long since) {

		/**
		 * The place of a ready job that somebody held, and let go. A claim may have
		 * passed over it at any moment.
		 * @param place that place
		 * @return the place, however young it is
		 */
		public static Late held(long place) {
			return new Late(place, 0);
		}

		Late and(Late other) {
			return new Late(Math.min(this.place, other.place), Math.min(this.since, other.since));
		}

	}

}
