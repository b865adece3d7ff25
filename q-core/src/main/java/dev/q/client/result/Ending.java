package dev.q.client.result;

import java.util.Objects;
import java.util.Optional;

import dev.q.codec.PayloadCodec;
import dev.q.codec.PayloadException;
import dev.q.event.JobEvent;
import dev.q.job.DeadReason;
import dev.q.job.JobDetails;
import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.result.JobResult;
import dev.q.result.UnreadableResultException;
import dev.q.store.StoreListener.Ended;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended, as its record or its event tells.
 *
 * @param id which job
 * @param queue its queue
 * @param spec what it is, or null if nobody knows; then there is no result either
 * @param state its last state
 * @param result what it left behind
 * @param error its last failure, or null
 * @param deadReason why it is dead, or null
 * @param cancelReason why it was cancelled, or null
 */
record Ending(JobId id, QueueName queue, @Nullable JobSpec spec, JobState state, StoredResult result,
		@Nullable JobError error, @Nullable DeadReason deadReason, @Nullable String cancelReason) {

	private static final StoredResult UNRECORDED = new StoredResult.Omitted(
			"The job ended in another process, and no record of it is kept");

	static Ending of(JobDetails details) {
		return new Ending(details.id(), details.job().spec().queue(), details.job().spec(), details.state(),
				details.result(), details.lastError(), details.deadReason(), details.cancelReason());
	}

	/**
	 * What another process tells, if no record is kept of it: the state, and no more.
	 * @return empty if the job was deleted
	 */
	static Optional<Ending> of(Ended end) {
		JobState state = end.state();
		return (state != null)
				? Optional.of(new Ending(end.id(), end.queue(), null, state, UNRECORDED, null, end.deadReason(), null))
				: Optional.empty();
	}

	/**
	 * What an event tells.
	 * @return empty if it does not tell of an end
	 */
	static Optional<Ending> of(JobEvent event) {
		if (event instanceof JobEvent.Succeeded done) {
			return Optional.of(of(event, JobState.SUCCEEDED, done.result()));
		}
		if (event instanceof JobEvent.Died died) {
			return Optional.of(new Ending(event.id(), event.spec().queue(), event.spec(), JobState.DEAD,
					StoredResult.NONE, died.error(), died.reason(), null));
		}
		if (event instanceof JobEvent.Cancelled cancelled) {
			return Optional.of(new Ending(event.id(), event.spec().queue(), event.spec(), JobState.CANCELLED,
					StoredResult.NONE, null, null, cancelled.reason()));
		}
		return (event instanceof JobEvent.Expired) ? Optional.of(of(event, JobState.EXPIRED, StoredResult.NONE))
				: Optional.empty();
	}

	private static Ending of(JobEvent event, JobState state, StoredResult result) {
		return new Ending(event.id(), event.spec().queue(), event.spec(), state, result, null, null, null);
	}

	/**
	 * The same for users.
	 * @throws UnreadableResultException if the result is not of that class
	 */
	<T> JobResult<T> read(Class<T> type, PayloadCodec codec) {
		return switch (this.state) {
			case SUCCEEDED -> succeeded(type, codec);
			case DEAD -> failed();
			case CANCELLED -> new JobResult.Cancelled<>(Objects.requireNonNullElse(this.cancelReason, ""));
			case EXPIRED -> new JobResult.Expired<>();
			default ->
				throw new IllegalStateException("Job " + this.id + " is " + this.state + ", so it has not ended");
		};
	}

	private <T> JobResult<T> succeeded(Class<T> type, PayloadCodec codec) {
		if (this.result instanceof StoredResult.Omitted omitted) {
			return new JobResult.Succeeded<>(null, omitted.reason());
		}
		return new JobResult.Succeeded<>(
				(this.result instanceof StoredResult.Value value) ? decode(value, type, codec) : null, null);
	}

	@SuppressWarnings("unchecked") // a codec gives what it is asked for, or throws
	private <T> @Nullable T decode(StoredResult.Value value, Class<T> type, PayloadCodec codec) {
		try {
			return (T) codec.decode(value.payload(), type);
		}
		catch (PayloadException ex) {
			throw new UnreadableResultException(this.id, Objects.requireNonNull(this.spec), type, ex);
		}
	}

	private <T> JobResult<T> failed() {
		DeadReason reason = Objects.requireNonNullElse(this.deadReason, DeadReason.EXHAUSTED);
		return new JobResult.Failed<>(
				Objects.requireNonNullElseGet(this.error, () -> JobError.of(reason.name(), "No failure is recorded")),
				reason);
	}

}
