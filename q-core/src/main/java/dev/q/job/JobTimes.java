package dev.q.job;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * When things happened to a job, by the store's clock.
 *
 * @param createdAt when it was stored
 * @param runAt when it is or was due; its place among jobs of equal priority. Null if it
 * is on hold, or was when it ended
 * @param expiresAt when it expires, or null
 * @param startedAt when it was claimed last, or null
 * @param finishedAt when it ended, or null
 * @param unhandledSince since when no worker that claimed it knew its type, or null
 * @since 0.1
 */
public record JobTimes(Instant createdAt, @Nullable Instant runAt, @Nullable Instant expiresAt,
		@Nullable Instant startedAt, @Nullable Instant finishedAt, @Nullable Instant unhandledSince) {

	/**
	 * Times of a job that is being stored.
	 * @param now the store's time
	 * @param runAt when it is due
	 * @param expiresAt when it expires, or null
	 * @return the times, all others unset
	 */
	public static JobTimes created(Instant now, Instant runAt, @Nullable Instant expiresAt) {
		return new JobTimes(now, runAt, expiresAt, null, null, null);
	}

	/**
	 * Whether the job has expired.
	 * @param now the store's time
	 * @return true from the instant of expiry on
	 */
	public boolean isExpired(Instant now) {
		return this.expiresAt != null && !now.isBefore(this.expiresAt);
	}

	/**
	 * The times after a claim.
	 * @param now the store's time
	 * @return a copy
	 */
	public JobTimes started(Instant now) {
		return new JobTimes(this.createdAt, this.runAt, this.expiresAt, now, this.finishedAt, this.unhandledSince);
	}

	/**
	 * The times of a job that waits again, known to have or never to have met a handler.
	 * @param due when it is due, or null if nobody knows yet
	 * @param since since when no worker knew its type, or null
	 * @return a copy
	 */
	public JobTimes waiting(@Nullable Instant due, @Nullable Instant since) {
		return new JobTimes(this.createdAt, due, this.expiresAt, this.startedAt, null, since);
	}

	/**
	 * The times of a job that has ended.
	 * @param now the store's time
	 * @return a copy
	 */
	public JobTimes finished(Instant now) {
		return new JobTimes(this.createdAt, this.runAt, this.expiresAt, this.startedAt, now, this.unhandledSince);
	}

}
