package dev.q.admin.explain;

import java.time.Instant;
import java.util.Map;

import dev.q.job.JobId;
import dev.q.job.Names;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.store.Pause;

/**
 * What stands around a job: its queue, the workers, the store.
 *
 * @since 0.1
 */
public sealed interface Surroundings extends Reason {

	/**
	 * Its queue hands nothing out.
	 *
	 * @param queue which queue
	 * @param pause what the queue does not do, who said so, and since when
	 */
	record QueuePaused(QueueName queue, Pause pause) implements Surroundings {

		@Override
		public String code() {
			return "QUEUE_PAUSED";
		}

		@Override
		public String text() {
			String by = this.pause.by().isEmpty() ? "" : " by " + Names.quoted(this.pause.by());
			String since = (this.pause.since() != null) ? " since " + this.pause.since() : "";
			return "Queue %s is paused (%s)%s%s: it hands no jobs out until somebody resumes it".formatted(this.queue,
					this.pause.mode(), by, since);
		}

		@Override
		public Map<String, Object> evidence() {
			return Evidence.of("queue", this.queue.value())
				.and("mode", this.pause.mode().name())
				.and("by", this.pause.by().isEmpty() ? null : this.pause.by())
				.and("since", this.pause.since())
				.map();
		}

	}

	/**
	 * Another job of its queue runs, and the queue is exclusive. No store knows that of a
	 * queue: the workers in the register say so.
	 *
	 * @param queue which queue
	 * @param job the job that runs, or whose lease ran out and that is yet to be taken
	 * back
	 * @param workers how many workers of the queue know that it is exclusive
	 * @param others how many do not know it, and take jobs all the same
	 */
	record QueueBusy(QueueName queue, JobId job, int workers, int others) implements Surroundings {

		@Override
		public String code() {
			return "EXCLUSIVE_QUEUE_BUSY";
		}

		@Override
		public String text() {
			return "Queue %s is exclusive, and its job %s runs%s".formatted(this.queue, this.job,
					(this.others == 0) ? "" : "; but %d of its workers do not know that it is".formatted(this.others));
		}

		@Override
		public Map<String, Object> evidence() {
			return Map.of("queue", this.queue.value(), "job", this.job.toString(), "workers", this.workers, "others",
					this.others);
		}

	}

	/**
	 * No worker in the register works its queue. A program that claims by itself need not
	 * be in there, so a claim may take the job all the same.
	 *
	 * @param queue which queue
	 * @param workers how many workers there are, of whatever queues
	 * @param draining how many work this queue, but are about to go
	 */
	record NoWorker(QueueName queue, int workers, int draining) implements Surroundings {

		@Override
		public String code() {
			return "NO_WORKER_FOR_QUEUE";
		}

		@Override
		public String text() {
			return "No worker works queue %s; %d are registered, and %d of that queue are draining"
				.formatted(this.queue, this.workers, this.draining);
		}

		@Override
		public Map<String, Object> evidence() {
			return Map.of("queue", this.queue.value(), "workers", this.workers, "draining", this.draining);
		}

	}

	/**
	 * The workers that had it so far knew no handler of its type. Another one may.
	 *
	 * @param type its type
	 * @param since since when
	 */
	record UnknownType(TypeName type, Instant since) implements Surroundings {

		@Override
		public String code() {
			return "UNKNOWN_TYPE";
		}

		@Override
		public String text() {
			return "No worker that had it since %s knows a handler of type %s".formatted(this.since, this.type);
		}

		@Override
		public Map<String, Object> evidence() {
			return Map.of("type", this.type.value(), "since", this.since);
		}

	}

	/**
	 * It is ready, and others come first.
	 *
	 * @param jobs how many
	 * @param isExact false if there are more
	 */
	record Behind(long jobs, boolean isExact) implements Surroundings {

		@Override
		public String code() {
			return "BEHIND";
		}

		@Override
		public String text() {
			return "%s%d job%s come%s before it".formatted(this.isExact ? "" : "More than ", this.jobs,
					(this.jobs == 1) ? "" : "s", (this.jobs == 1) ? "s" : "");
		}

		@Override
		public Map<String, Object> evidence() {
			return Map.of("jobs", this.jobs, "exact", this.isExact);
		}

	}

	/**
	 * The next claim of its queue takes it.
	 *
	 * @param queue which queue
	 * @param since since when it has been due
	 */
	record Claimable(QueueName queue, Instant since) implements Surroundings {

		@Override
		public String code() {
			return "CLAIMABLE";
		}

		@Override
		public String text() {
			return "The next claim of queue %s takes it; it has been due since %s".formatted(this.queue, this.since);
		}

		@Override
		public Map<String, Object> evidence() {
			return Map.of("queue", this.queue.value(), "since", this.since);
		}

	}

	/**
	 * No store knows it.
	 *
	 * @param id which job was asked for
	 */
	record Unknown(JobId id) implements Surroundings {

		@Override
		public String code() {
			return "UNKNOWN_JOB";
		}

		@Override
		public String text() {
			return "There is no job %s: it was never stored, was deleted, or has been forgotten since it ended"
				.formatted(this.id);
		}

		@Override
		public Map<String, Object> evidence() {
			return Map.of("id", this.id.toString());
		}

	}

	/**
	 * The store does not answer, so nothing is known for now.
	 *
	 * @param store its name
	 * @param failure what it said
	 */
	record StoreAway(String store, String failure) implements Surroundings {

		@Override
		public String code() {
			return "STORE_AWAY";
		}

		@Override
		public String text() {
			return "Store %s does not answer, so nothing is known for now: %s".formatted(this.store,
					Names.printable(this.failure, 500));
		}

		@Override
		public Map<String, Object> evidence() {
			return Map.of("store", this.store, "failure", this.failure);
		}

	}

}
