package dev.q.store.routing;

import java.util.List;
import java.util.stream.IntStream;

import dev.q.job.Job;
import dev.q.store.JobCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoutedPageTests {

	private final Scene scene = Scene.onOneThread();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void aPageThatIsShortForADamagedJobHidesNothingOfItsStore() {
		List<Job> jobs = IntStream.range(0, 5)
			.mapToObj((i) -> this.scene.enqueue(Scene.MAIL))
			.map((id) -> this.scene.stores.catalog().find(List.of(id)).get(0).job())
			.toList();
		String end = jobs.get(1).id().toString();

		JobCatalog.Page<Job> page = RoutingJobCatalog.merge(List.of(new JobCatalog.Page<>(jobs.subList(0, 1), end),
				new JobCatalog.Page<>(jobs.subList(4, 5), null)), 2);
		JobCatalog.Page<Job> empty = RoutingJobCatalog
			.merge(List.of(new JobCatalog.Page<>(List.of(), end), new JobCatalog.Page<>(List.of(), null)), 2);

		assertThat(page).isEqualTo(new JobCatalog.Page<>(jobs.subList(0, 1), end));
		assertThat(empty).isEqualTo(new JobCatalog.Page<>(List.of(), end));
	}

}
