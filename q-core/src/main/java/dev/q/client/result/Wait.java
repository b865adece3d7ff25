package dev.q.client.result;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.StoreListener.Ended;
import org.jspecify.annotations.Nullable;

/**
 * A job that somebody waits for, and what is known of it.
 */
final class Wait {

	/** For so long a job is missing that counts as gone. */
	static final long GRACE = Duration.ofMillis(250).toNanos();

	private final Target target;

	/** How the job ended; empty if it is gone. */
	private final CompletableFuture<Optional<Ending>> end = new CompletableFuture<>();

	// All below are guarded by the lock of Waits.
	private int waiters;

	private boolean taken;

	private final Timetable times;

	/** How the job has ended, as somebody says. */
	private @Nullable Ended told;

	private @Nullable Long missingSince;

	private Sight sight = new Sight(null, null);

	Wait(Target target, long now) {
		this.target = target;
		this.times = new Timetable(now);
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

	Timetable times() {
		return this.times;
	}

	/** What was seen last. */
	Sight sight() {
		return this.sight;
	}

	/** How the job has ended by hearsay, or null. */
	@Nullable Ended told() {
		return this.told;
	}

	/** The next look shows whether it is true, and brings the rest. */
	void hear(Ended end, long now) {
		this.told = end;
		this.times.lookAt(now);
	}

	/**
	 * The job is there.
	 * @param toldBefore what had been heard when the look began
	 */
	void saw(JobDetails details, @Nullable Ended toldBefore, long now) {
		this.missingSince = null;
		this.sight = new Sight(details.state(), null);
		if (details.state().isTerminal()) {
			this.end.complete(Optional.of(Ending.of(details)));
		}
		if (Objects.equals(this.told, toldBefore)) {
			this.told = null;
			this.times.lookLater(now);
		}
	}

	/** The job is not there. */
	void missed(long now) {
		Ended heard = this.told;
		Long since = this.missingSince;
		if (heard != null && !heard.isHere()) {
			this.end.complete(Ending.of(heard));
		}
		else if (since == null) {
			this.missingSince = now;
			this.times.lookAt(now + GRACE);
		}
		else if (now - since >= GRACE) {
			this.end.complete((heard != null) ? Ending.of(heard) : Optional.empty());
		}
		else {
			this.times.lookAt(since + GRACE);
		}
	}

	/** Nobody knows whether the job is there. */
	void failed(Throwable failure, long now) {
		this.sight = new Sight(this.sight.state(), failure);
		this.times.lookLater(now);
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
	record Sight(@Nullable JobState state, @Nullable Throwable failure) {
	}

}
