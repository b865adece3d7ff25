package dev.q.store.jdbc.copies;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.q.job.Durability.Replicated;
import dev.q.ports.EngineClock;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertAnswer.Accepted;
import dev.q.store.InsertAnswer.NotReplicated;
import dev.q.store.InsertGroup;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Waits until standbys have written to their disks what was committed here. The server
 * waits in short calls, so that none of them keeps it from cleaning up; and few callers
 * at a time are in such a call, so that those who want no copies find connections. Safe
 * for use by many threads.
 *
 * @since 0.1
 */
public final class Copies {

	/** Of connections in calls that wait. */
	private static final int MOST_CALLS = 2;

	/** How long the server waits in one call, in milliseconds. */
	private static final long MOST_MILLIS = 100;

	private final Server server;

	private final EngineClock clock;

	private final Semaphore calls = new Semaphore(MOST_CALLS, true);

	private volatile boolean mayCount;

	/**
	 * Waits by the clock of this process.
	 * @param server is asked
	 * @param clock measures how long
	 */
	public Copies(Server server, EngineClock clock) {
		this.server = server;
		this.clock = clock;
	}

	/**
	 * Whether any of some groups wants copies. Most do not, and are to cost nothing more.
	 * @param groups what is to be stored
	 * @return true if one does
	 */
	public static boolean areWanted(List<InsertGroup> groups) {
		for (InsertGroup group : groups) {
			if (wanted(group) != null) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Makes sure, before something is stored that wants copies, that they can be counted.
	 * @throws StoreException if the server does not tell this user; the message says what
	 * helps
	 */
	public void requireCountable() {
		if (!this.mayCount) {
			this.server.requireRights();
			this.mayCount = true;
		}
	}

	/**
	 * Waits for the copies that groups want, of which something was stored or changed.
	 * @param groups what was committed
	 * @param answers what became of each
	 * @return the same answers, but for groups that have too few copies
	 * @throws StoreException if the server does not answer any more. All is stored then
	 */
	public List<InsertAnswer> await(List<InsertGroup> groups, List<InsertAnswer> answers) {
		List<InsertAnswer> all = new ArrayList<>(answers);
		long start = this.clock.nanoTime();
		String place = null;
		for (int i = 0; i < groups.size(); i++) {
			Replicated wanted = wanted(groups.get(i));
			if (wanted != null && answers.get(i) instanceof Accepted accepted && hasChanged(accepted)) {
				Sight sight = await(place, wanted, start);
				place = sight.place();
				if (sight.copies() < wanted.replicas()) {
					all.set(i, new NotReplicated(accepted.jobs(), wanted.replicas(), sight.copies()));
				}
			}
		}
		return all;
	}

	/** All jobs of a group are of one durability. */
	private static @Nullable Replicated wanted(InsertGroup group) {
		return (group.jobs().get(0).spec().durability() instanceof Replicated wanted) ? wanted : null;
	}

	private static boolean hasChanged(Accepted accepted) {
		return accepted.jobs().stream().anyMatch((entry) -> entry.stored() || entry.changed());
	}

	/** Looks once at least, however late it is. */
	private Sight await(@Nullable String place, Replicated wanted, long start) {
		Sight sight = look(place, wanted.replicas(), 0);
		long left = left(wanted.timeout(), start);
		while (sight.copies() < wanted.replicas() && left > 0) {
			sight = look(sight.place(), wanted.replicas(), Math.min(MOST_MILLIS, left));
			left = left(wanted.timeout(), start);
		}
		return sight;
	}

	private long left(Duration timeout, long start) {
		return timeout.toMillis() - TimeUnit.NANOSECONDS.toMillis(this.clock.nanoTime() - start);
	}

	private Sight look(@Nullable String place, int wanted, long millis) {
		try {
			this.calls.acquire();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StoreException("Interrupted while waiting for copies. The jobs are stored", ex);
		}
		try {
			return this.server.look(place, wanted, millis);
		}
		finally {
			this.calls.release();
		}
	}

	/**
	 * The server that was written to.
	 */
	public interface Server {

		/**
		 * Makes sure that it tells how far its standbys are.
		 * @throws StoreException if it does not tell this user
		 */
		void requireRights();

		/**
		 * Counts the standbys that have written all up to a place to their disks.
		 * @param place that place, or null for the end of what is written now
		 * @param wanted how many are enough
		 * @param millis how long to wait for as many
		 * @return what it saw
		 */
		Sight look(@Nullable String place, int wanted, long millis);

	}

	/**
	 * How far copies are.
	 *
	 * @param place up to where
	 * @param copies how many standbys have it
	 */
	public record Sight(String place, int copies) {
	}

}
