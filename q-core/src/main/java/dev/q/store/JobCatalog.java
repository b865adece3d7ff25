package dev.q.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.job.history.AttemptHistory;
import dev.q.job.history.AttemptRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reading, for people and for those who wait for a job.
 *
 * @since 0.1
 */
public interface JobCatalog {

	/**
	 * How long a queue is listed after it was found empty. It stays listed as long as it
	 * holds a job in any state, one that has ended and is kept included, or is paused.
	 */
	Duration LISTED_WHEN_EMPTY = Duration.ofMinutes(5);

	/**
	 * Finds jobs in all queues. The cost grows with the number of queues.
	 * @param ids which jobs
	 * @return those that are known, each once, in the order of the ids
	 */
	List<JobDetails> find(Collection<JobId> ids);

	/**
	 * Finds jobs in one queue.
	 * @param queue where to look
	 * @param ids which jobs
	 * @return those that are known, each once, in the order of the ids
	 */
	List<JobDetails> find(QueueName queue, Collection<JobId> ids);

	/**
	 * Tells what became of the attempts of a job: all claims, whatever ended them. No
	 * claim, list or search brings this, so it costs nobody who does not ask.
	 * @param queue where the job is
	 * @param id which job
	 * @return the last attempts, {@value AttemptHistory#MOST} at most, the oldest first;
	 * none if the job is not known, or was never claimed
	 */
	List<AttemptRecord> attempts(QueueName queue, JobId id);

	/**
	 * Looks through jobs in the order of their ids, page by page. Jobs that come and go
	 * meanwhile may be missed; one that was there throughout is not, and none comes
	 * twice.
	 * @param query which jobs
	 * @param limit size of a page, 1 or more
	 * @param cursor where the last page ended, or null for the first one. It is the id of
	 * the last job shown, so that the pages of several stores can be laid into one
	 * @return a page
	 * @throws IllegalArgumentException if the cursor is none that this store gave
	 */
	Page<Job> search(Query query, int limit, @Nullable String cursor);

	/**
	 * Begins a search of which many pages will be turned, one after the other, such as
	 * for an act on all jobs that are found. A store to which each page of
	 * {@link #search(Query, int, String)} is a look at all jobs looks at them here once
	 * for many pages; one with an index keeps this default. The store is not asked before
	 * the first page.
	 * @param query which jobs
	 * @return the search
	 */
	default JobWalk walk(Query query) {
		return (limit, cursor) -> search(query, limit, cursor);
	}

	/**
	 * Looks at ready jobs without claiming them.
	 * @param queue where to look
	 * @param limit how many at most, 1 or more
	 * @param end at which end
	 * @return the jobs, the one nearest to that end first
	 */
	List<Job> peek(QueueName queue, int limit, End end);

	/**
	 * Looks at a job and at what stands around it, in one step.
	 * @param queue where to look
	 * @param id which job
	 * @param most how many jobs are counted at most that come before it, 1 or more
	 * @return what was seen, or empty if the queue does not know the job
	 */
	Optional<Standing> standing(QueueName queue, JobId id, int most);

	/**
	 * Counts the jobs of all queues. Never looks at the jobs themselves. A queue that
	 * {@link MaintenanceStore#purge} has found empty and not paused for
	 * {@link #LISTED_WHEN_EMPTY} is left out until it has a job again or is paused.
	 * @return by name of the queue
	 */
	List<QueueStats> queues();

	/**
	 * Counts the jobs of some queues as {@link #queues()} does, page by page: for stores
	 * with very many. Only the queues of the page are counted.
	 * @param prefix how their names begin; empty for all
	 * @param limit size of a page, 1 or more
	 * @param cursor what the page before gave as its next one, or null for the first one
	 * @return a page, by name of the queue
	 */
	default Page<QueueStats> queues(String prefix, int limit, @Nullable String cursor) {
		JobStore.requireLimit(limit);
		return Page.ofQueues(queues().stream().filter((stats) -> isIn(stats.queue(), prefix, cursor)).toList(), limit);
	}

	/**
	 * Whether a queue may be on a page of {@link #queues(String, int, String)}.
	 * @param queue the queue
	 * @param prefix how names must begin
	 * @param cursor where the page begins
	 * @return true if it is there, unless others are before it or it is not listed
	 */
	static boolean isIn(QueueName queue, String prefix, @Nullable String cursor) {
		return queue.value().startsWith(prefix) && (cursor == null || queue.value().compareTo(cursor) > 0);
	}

	/**
	 * Says that somebody waits for the end of jobs, so that whoever ends one of them
	 * tells all who {@link #hearEnds listen}. That is known for some seconds: whoever
	 * waits longer says it again. It only shortens a wait, so it returns at once, throws
	 * nothing, and may be lost. A store that cannot tell keeps this default.
	 * @param queue the queue of the jobs, or null if that is not known
	 * @param ids which jobs
	 */
	default void expectEnds(@Nullable QueueName queue, Collection<JobId> ids) {
	}

	/**
	 * Listens to the ends of jobs that somebody waits for, whoever it is. A store that
	 * cannot tell keeps this default.
	 * @param listener is told of ends
	 * @return ends it; {@link Subscription#NONE} if this store never tells
	 * @throws StoreException if the store does not answer; nothing was subscribed to then
	 */
	default Subscription hearEnds(StoreListener.Ends listener) {
		return Subscription.NONE;
	}

	/**
	 * An end of a queue.
	 */
	enum End {

		/** What is claimed next. */
		OLDEST,

		/** What is claimed last. */
		NEWEST

	}

	/**
	 * A job, and what stands around it.
	 *
	 * @param details the job
	 * @param storeTime what the store's clock showed
	 * @param pause what its queue does not do for now, who said so, and since when
	 * @param keyHolder who holds the key that the job waits for, or null if it waits for
	 * none
	 * @param ahead how many jobs a claim of the queue hands out before this one: those
	 * that are ready, and those whose time has come, but none that has expired. As many
	 * as were to be counted if there are more or if it would be too dear to tell. Zero
	 * for a job that is neither ready nor due
	 * @param inTheWay a job of the queue that is leased, so that who claims exclusively
	 * gets none; null if a claim does. Whether the queue is exclusive, workers know
	 */
	record Standing(JobDetails details, Instant storeTime, Pause pause, @Nullable JobId keyHolder, long ahead,
			@Nullable JobId inTheWay) {

		/**
		 * Whether a job waits for nothing but a claim.
		 * @param job the job
		 * @param now what the store's clock showed
		 * @return true if it is ready, or if its time has come, and if it has not expired
		 */
		public static boolean isDue(Job job, Instant now) {
			Instant due = job.times().runAt();
			return switch (job.state()) {
				case READY -> !job.times().isExpired(now);
				case SCHEDULED, RETRYING -> due != null && !due.isAfter(now) && !job.times().isExpired(now);
				default -> false;
			};
		}

	}

	/**
	 * Which jobs are looked for. What is left out does not matter.
	 *
	 * @param states any of these states; empty for all
	 * @param queue this queue, or null for all
	 * @param type this type, or null for all
	 * @param tag with this tag, or null for all. No store has an index of tags: a search
	 * by tag looks through all jobs that meet the other conditions
	 */
	record Query(Set<JobState> states, @Nullable QueueName queue, @Nullable TypeName type, @Nullable String tag) {

		/** All jobs. */
		public static final Query ALL = new Query(Set.of(), null, null);

		/**
		 * Copies the set and checks the tag.
		 * @throws IllegalArgumentException if the tag is one that no job can have
		 */
		public Query {
			states = Set.copyOf(states);
			if (tag != null) {
				JobSpec.requireTag(tag);
			}
		}

		/**
		 * Jobs with any tags or none.
		 * @param states any of these states; empty for all
		 * @param queue this queue, or null for all
		 * @param type this type, or null for all
		 */
		public Query(Set<JobState> states, @Nullable QueueName queue, @Nullable TypeName type) {
			this(states, queue, type, null);
		}

		/**
		 * Those of the jobs that have a tag.
		 * @param name the tag
		 * @return a copy
		 * @throws IllegalArgumentException if the tag is one that no job can have
		 */
		public Query tagged(String name) {
			return new Query(this.states, this.queue, this.type, name);
		}

		/**
		 * Whether a job is looked for.
		 * @param job the job
		 * @return true if it meets all conditions
		 */
		public boolean matches(Job job) {
			return (this.states.isEmpty() || this.states.contains(job.state()))
					&& (this.queue == null || this.queue.equals(job.spec().queue()))
					&& (this.type == null || this.type.equals(job.spec().type()))
					&& (this.tag == null || job.spec().tags().contains(this.tag));
		}

	}

	/**
	 * A piece of a longer list.
	 *
	 * @param <T> what is listed
	 * @param items the piece
	 * @param next where the next page starts, or null if this is the last
	 */
	record Page<T>(List<T> items, @Nullable String next) {

		/**
		 * Copies the list.
		 */
		public Page {
			items = List.copyOf(items);
		}

		/**
		 * Makes a page of queues.
		 * @param queues what is not before the page, in order of the names
		 * @param limit size of the page
		 * @return as many as fit; its next one begins after the last of them
		 */
		public static Page<QueueStats> ofQueues(List<QueueStats> queues, int limit) {
			return (queues.size() > limit) ? new Page<>(queues.subList(0, limit), queues.get(limit - 1).queue().value())
					: new Page<>(queues, null);
		}

	}

}
