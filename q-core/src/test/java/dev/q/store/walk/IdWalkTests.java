package dev.q.store.walk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.JobTimes;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.store.JobCatalog.Page;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * How often a walk looks at all jobs, and that it leaves none out when it looks again.
 */
class IdWalkTests {

	private static final JobSpec SPEC = JobSpec.of(QueueName.DEFAULT, new TypeName("t"), Payload.EMPTY);

	private final Shelf shelf = new Shelf();

	@Test
	void oneLookServesAllPagesWhoseIdsAreKept() {
		List<JobId> ids = this.shelf.put(0, 1000);
		IdWalk<String> walk = new IdWalk<>(this.shelf, 1000);

		assertThat(turn(walk, 10, () -> {
		})).isEqualTo(ids);
		assertThat(this.shelf.looks).isEqualTo(1);
		assertThat(this.shelf.fetched).isLessThan(1000 + 100 + 1);
	}

	@Test
	void itLooksAgainWhenTheIdsAreUsedUp() {
		List<JobId> ids = this.shelf.put(0, 1000);

		assertThat(turn(new IdWalk<>(this.shelf, 300), 7, () -> {
		})).isEqualTo(ids);
		assertThat(this.shelf.looks).isEqualTo(4);
	}

	@Test
	void whatStaysIsSeenOnceHoweverFewIdsAreKept() {
		for (int most = 1; most < 12; most++) {
			Shelf busy = new Shelf();
			List<JobId> staying = busy.put(0, 40);
			List<JobId> leaving = busy.put(100, 140);
			List<JobId> seen = turn(new IdWalk<>(busy, most), 3, () -> {
				busy.ids.remove(leaving.get(busy.looks % 40));
				busy.put(200 + busy.looks, 201 + busy.looks);
			});

			assertThat(seen).doesNotHaveDuplicates().isSorted().containsAll(staying);
		}
	}

	@Test
	void jobsThatAreNotMeantAreLookedForByTheHundred() {
		List<JobId> ids = this.shelf.put(0, 5000);
		this.shelf.meant = Set.of(ids.get(0), ids.get(4990));

		Page<Job> page = new IdWalk<>(this.shelf, 5000).page(1, null);

		assertThat(page.items()).extracting(Job::id).containsExactly(ids.get(0));
		assertThat(page.next()).isEqualTo(ids.get(0).toString());
		assertThat(this.shelf.fetches).isLessThan(60);
	}

	@Test
	void aPageFromFurtherBackOrFromAnotherSearchIsRight() {
		List<JobId> ids = this.shelf.put(0, 100);
		IdWalk<String> walk = new IdWalk<>(this.shelf, 20);

		for (int last : new int[] { 60, 10, 11, 79, 80, 98, 0, 99 }) {
			assertThat(walk.page(5, ids.get(last).toString()).items()).extracting(Job::id)
				.isEqualTo(ids.subList(last + 1, Math.min(last + 6, 100)));
		}
	}

	@Test
	void aLookThatFailedIsNotTakenForTheWholeOfIt() {
		List<JobId> ids = this.shelf.put(0, 30);
		IdWalk<String> walk = new IdWalk<>(this.shelf, 100);
		this.shelf.breaksAfter = 7;
		assertThatIllegalStateException().isThrownBy(() -> walk.page(10, null));
		this.shelf.breaksAfter = Integer.MAX_VALUE;

		assertThat(turn(walk, 10, () -> {
		})).isEqualTo(ids);
	}

	private static List<JobId> turn(IdWalk<String> walk, int limit, Runnable meanwhile) {
		List<JobId> seen = new ArrayList<>();
		String cursor = null;
		do {
			Page<Job> page = walk.page(limit, cursor);
			page.items().forEach((job) -> seen.add(job.id()));
			cursor = page.next();
			meanwhile.run();
		}
		while (cursor != null);
		return seen;
	}

	/**
	 * Jobs in no order, some of which are shown twice.
	 */
	private static final class Shelf implements IdWalk.Source<String> {

		private final Set<JobId> ids = new HashSet<>();

		private Set<JobId> meant = this.ids;

		private int breaksAfter = Integer.MAX_VALUE;

		private int looks;

		private int fetches;

		private int fetched;

		List<JobId> put(int from, int to) {
			List<JobId> more = IntStream.range(from, to)
				.mapToObj((i) -> JobId.timeOrdered(Instant.EPOCH.plusMillis(i), 0, 0))
				.toList();
			this.ids.addAll(more);
			return more;
		}

		@Override
		public void look(BiConsumer<JobId, String> eye) {
			this.looks++;
			List<JobId> all = Stream.concat(this.ids.stream(), this.ids.stream().limit(50)).toList();
			for (int i = 0; i < all.size(); i++) {
				if (i == this.breaksAfter) {
					throw new IllegalStateException("broken");
				}
				eye.accept(all.get(i), (i % 2 == 0) ? "left" : "right");
			}
		}

		@Override
		public List<Job> fetch(Map<String, List<JobId>> wanted) {
			List<JobId> all = wanted.values().stream().flatMap(List::stream).toList();
			this.fetches++;
			this.fetched += all.size();
			return all.stream().filter(this.ids::contains).filter(this.meant::contains).map(Shelf::job).toList();
		}

		private static Job job(JobId id) {
			JobTimes times = JobTimes.created(Instant.EPOCH, Instant.EPOCH, null);
			return new Job(id, SPEC, JobState.READY, JobCounters.ZERO, times);
		}

	}

}
