package dev.q.client.result;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * A job that somebody waits for, and when to look at it next. Looks come at multiples of
 * their distance, so that those of several jobs fall together.
 */
final class Wait {

	/** For so long a job is missing that counts as gone. */
	static final long GRACE = Duration.ofMillis(250).toNanos();

	private static final long LONGEST = Duration.ofSeconds(1).toNanos();

	private static final int STEPS = 8;

	private final Target target;

	/** How the job ended; empty if it is gone. */
	private final CompletableFuture<Optional<Ending>> end = new CompletableFuture<>();

	// All below are guarded by the lock of Waits.
	private int waiters;

	private boolean taken;

	private int looks;

	private long nextLook;

	private @Nullable Long missingSince;

	private Sight sight = new Sight(null, null);

	Wait(Target target, long now) {
		this.target = target;
		this.nextLook = now;
	}

	Target target() {
		return this.target;
	}

	CompletableFuture<Optional<Ending>> end() {
		return this.end;
	}

	void enter() {
		this.waiters++;
	}

	/**
	 * One fewer waits.
	 * @return true if nobody does any more
	 */
	boolean leave() {
		this.waiters--;
		return this.waiters == 0;
	}

	/**
	 * The end is for one only.
	 * @return true for the first who asks
	 */
	boolean take() {
		boolean first = !this.taken;
		this.taken = true;
		return first;
	}

	long nextLook() {
		return this.nextLook;
	}

	/** What was seen last. */
	Sight sight() {
		return this.sight;
	}

	/** The job is there. */
	void saw(JobDetails details, long now) {
		this.missingSince = null;
		this.sight = new Sight(details.state(), null);
		if (details.state().isTerminal()) {
			this.end.complete(Optional.of(Ending.of(details)));
		}
		lookLater(now);
	}

	/** The job is not there. */
	void missed(long now) {
		Long since = this.missingSince;
		if (since == null) {
			this.missingSince = now;
			this.nextLook = now + GRACE;
		}
		else if (now - since >= GRACE) {
			this.end.complete(Optional.empty());
		}
	}

	/** Nobody knows whether the job is there. */
	void failed(RuntimeException failure, long now) {
		this.sight = new Sight(this.sight.state(), failure);
		lookLater(now);
	}

	private void lookLater(long now) {
		long distance = LONGEST >> Math.max(0, STEPS - this.looks);
		this.looks = Math.min(this.looks + 1, STEPS);
		this.nextLook = (Math.floorDiv(now, distance) + 1) * distance;
	}

	/**
	 * Which job.
	 *
	 * @param queue its queue, or null if that is not known
	 * @param id its id
	 */
	record Target(@Nullable QueueName queue, JobId id) {
	}

	/**
	 * What a look has brought.
	 *
	 * @param state where the job stands, or null if it was never seen
	 * @param failure why nothing was seen, or null
	 */
	record Sight(@Nullable JobState state, @Nullable RuntimeException failure) {
	}

}
