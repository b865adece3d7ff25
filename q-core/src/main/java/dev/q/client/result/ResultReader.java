package dev.q.client.result;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import dev.q.client.result.Wait.Target;
import dev.q.codec.PayloadCodec;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.result.JobResult;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.Retention;
import dev.q.store.StoreException;

/**
 * Reads results, and takes them away with it if it is to.
 */
final class ResultReader {

	private static final Duration PAUSE_WHEN_HELD = Duration.ofMillis(50);

	private static final int TRIES_WHEN_HELD = 20;

	private final JobStore store;

	private final PayloadCodec codec;

	private final ResultSettings settings;

	ResultReader(JobStore store, PayloadCodec codec, ResultSettings settings) {
		this.store = store;
		this.codec = codec;
		this.settings = settings;
	}

	/** A reader who takes away what he reads. */
	ResultReader once() {
		return new ResultReader(this.store, this.codec, new ResultSettings(this.settings.retention(), true));
	}

	<T> JobResult<T> get(Target target, Class<T> type) {
		for (int i = 0; i < TRIES_WHEN_HELD; i++) {
			Optional<JobDetails> found = find(target);
			if (found.isEmpty()) {
				return absent();
			}
			if (!found.get().state().isTerminal()) {
				return living(found.get().state());
			}
			Ending end = Ending.of(found.get());
			JobResult<T> read = end.read(type, this.codec);
			Optional<JobResult<T>> answer = this.settings.readOnce() ? take(end, type) : Optional.of(read);
			if (answer.isPresent()) {
				return answer.get();
			}
			// Somebody else was faster, or holds it just now: the next look tells.
			LockSupport.parkNanos(this, (i > 0) ? PAUSE_WHEN_HELD.toNanos() : 1);
		}
		throw new StoreException(
				"The result of job %s could not be taken, since somebody else holds the job. It is where it was; try again"
					.formatted(target.id()));
	}

	/**
	 * Reads the end that somebody has waited for.
	 * @param end empty if the job is gone
	 * @param isFirst whether nobody else in this process has taken this end
	 */
	<T> JobResult<T> read(Optional<Ending> end, Target target, Class<T> type, BooleanSupplier isFirst) {
		if (end.isEmpty()) {
			return absent();
		}
		JobResult<T> read = end.get().read(type, this.codec);
		if (!this.settings.readOnce()) {
			return read;
		}
		if (!isKept(end.get().state())) {
			return isFirst.getAsBoolean() ? read : absent();
		}
		Optional<JobResult<T>> taken = take(end.get(), type);
		return taken.isPresent() ? taken.get() : get(target, type);
	}

	/**
	 * Takes a record away. What counts is what the store gives, for the job may have been
	 * brought back and have ended again.
	 */
	private <T> Optional<JobResult<T>> take(Ending end, Class<T> type) {
		return this.store.control()
			.forget(end.queue(), List.of(end.id()))
			.stream()
			.map((details) -> Ending.of(details).read(type, this.codec))
			.findFirst();
	}

	private Optional<JobDetails> find(Target target) {
		QueueName queue = target.queue();
		List<JobId> id = List.of(target.id());
		JobCatalog catalog = this.store.catalog();
		return ((queue != null) ? catalog.find(queue, id) : catalog.find(id)).stream().findFirst();
	}

	private boolean isKept(JobState end) {
		Retention retention = this.settings.retention();
		return switch (end) {
			case SUCCEEDED -> retention.keepsSucceeded();
			case DEAD -> !retention.dead().isZero();
			case CANCELLED -> !retention.cancelled().isZero();
			default -> true;
		};
	}

	private <T> JobResult<T> absent() {
		return this.settings.retention().keepsSucceeded() ? new JobResult.NotFound<>()
				: new JobResult.TrackingDisabled<>();
	}

	private static <T> JobResult<T> living(JobState state) {
		return Objects.equals(state, JobState.RUNNING) ? new JobResult.Running<>() : new JobResult.Pending<>(state);
	}

}
