package dev.q.cli.act;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import dev.q.admin.JobAdmin;
import dev.q.job.JobId;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Does something to named jobs, piece by piece. Any thread may look how far it is.
 */
final class Reaching {

	private final Deed deed;

	private final JobAdmin admin;

	private final List<JobId> ids;

	/** Guarded by this. */
	private final Set<JobId> changed = new LinkedHashSet<>();

	/** Guarded by this. */
	private int reached;

	Reaching(Deed deed, JobAdmin admin, List<JobId> ids) {
		this.deed = deed;
		this.admin = admin;
		this.ids = ids;
	}

	/** Goes on until all are reached, somebody has enough, or the store fails. */
	Reached until(BooleanSupplier enough) {
		for (List<JobId> piece : Pieces.toChange(this.ids)) {
			if (enough.getAsBoolean()) {
				return soFar();
			}
			try {
				add(piece, this.deed.to(piece, this.admin));
			}
			catch (StoreException ex) {
				return soFar(ex);
			}
		}
		return soFar();
	}

	private synchronized void add(List<JobId> piece, Set<JobId> done) {
		this.changed.addAll(done);
		this.reached += piece.size();
	}

	Reached soFar() {
		return soFar(null);
	}

	private synchronized Reached soFar(@Nullable StoreException failure) {
		return new Reached(new LinkedHashSet<>(this.changed), this.ids.subList(0, this.reached),
				this.ids.subList(this.reached, this.ids.size()), failure);
	}

}
