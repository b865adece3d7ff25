package dev.q.store.walk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.function.BiConsumer;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.store.JobCatalog.Page;
import dev.q.store.JobStore;
import dev.q.store.JobWalk;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the jobs of a store that keeps them in no order.
 *
 * @param <Q> where a job is, such as a queue
 * @since 0.1
 */
public final class IdWalk<Q> implements JobWalk {

	/** Most ids that a walk keeps unless somebody says otherwise: some megabytes. */
	public static final int MOST_AHEAD = 100_000;

	/** Most jobs that are fetched at once, as each may be large. */
	private static final int MOST_FETCHED = 100;

	private final Source<Q> source;

	private final int most;

	private @Nullable Ahead<Q> ahead;

	/**
	 * Makes a walk that has looked at nothing yet.
	 * @param source where the jobs are
	 * @param most how many ids it keeps, 1 or more
	 */
	public IdWalk(Source<Q> source, int most) {
		this.source = source;
		this.most = most;
	}

	@Override
	public Page<Job> page(int limit, @Nullable String cursor) {
		// One more than is shown, which tells that there is another page.
		long wanted = JobStore.requireLimit(limit) + 1L;
		List<Job> jobs = new ArrayList<>();
		long vain = 0;
		NavigableMap<JobId, Q> ids = next((cursor != null) ? JobWalk.idOf(cursor) : null, wanted);
		while (!ids.isEmpty()) {
			List<Job> found = fetch(ids);
			jobs.addAll(found);
			vain += ids.size() - found.size();
			if (jobs.size() >= wanted) {
				return new Page<>(jobs.subList(0, limit), Objects.requireNonNull(jobs.get(limit - 1)).id().toString());
			}
			// The more were fetched in vain, the more at once.
			ids = next(ids.lastKey(), wanted - jobs.size() + vain);
		}
		return new Page<>(jobs, null);
	}

	private NavigableMap<JobId, Q> next(@Nullable JobId after, long count) {
		Ahead<Q> kept = this.ahead;
		// Whoever begins anew wants to see what is there now.
		if (kept == null || after == null || !kept.knowsWhatFollows(after)) {
			kept = look(after);
		}
		return kept.next(after, Math.min(count, MOST_FETCHED));
	}

	private Ahead<Q> look(@Nullable JobId after) {
		this.ahead = null;
		Ahead<Q> seen = new Ahead<>(after, this.most);
		this.source.look(seen::see);
		this.ahead = seen;
		return seen;
	}

	private List<Job> fetch(NavigableMap<JobId, Q> ids) {
		Map<Q, List<JobId>> places = new LinkedHashMap<>();
		ids.forEach((id, where) -> places.computeIfAbsent(where, (place) -> new ArrayList<>()).add(id));
		return this.source.fetch(places).stream().sorted(Comparator.comparing(Job::id)).toList();
	}

	/**
	 * The jobs that are looked for.
	 *
	 * @param <Q> where a job is
	 */
	public interface Source<Q> {

		/**
		 * Shows the ids of all jobs that may be meant, and where they are. What is there
		 * throughout is shown once or more, in any order.
		 * @param eye sees each
		 */
		void look(BiConsumer<JobId, Q> eye);

		/**
		 * Reads jobs as they are now.
		 * @param ids which jobs, by where they were seen
		 * @return those that are there, and are meant, in any order
		 */
		List<Job> fetch(Map<Q, List<JobId>> ids);

	}

}
