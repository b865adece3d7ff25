package dev.q.test.postgres;

import java.time.Duration;
import java.util.List;

import dev.q.job.JobId;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of jobs when the clock of the server is set.
 */
class PostgresClockTests {

	private PostgresStoreFixture fixture;

	@BeforeEach
	void open() {
		this.fixture = new PostgresStoreFixture(PostgresTarget.shared());
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void aClockThatIsSetHidesNothing() {
		JobStore node = this.fixture.store();

		for (Duration jump : List.of(Duration.ofHours(-1), Duration.ofDays(1), Duration.ofHours(-25),
				Duration.ofSeconds(3))) {
			assertThat(put(node)).isIn(work(worker(node)));
			this.fixture.advance(jump);
			JobId job = put(node);
			assertThat(work(worker(node))).containsExactly(job);
		}
	}

	@Test
	void aLeaseThatEndsEarlierSinceTheClockWasSetBackIsLookedAtInTime() {
		JobStore node = this.fixture.store();
		JobId job = put(node);
		ClaimedJob claimed = worker(node).claimOne();
		this.fixture.advance(Duration.ofHours(-1));
		worker(node).renew(claimed);
		this.fixture.advance(HandWorker.LEASE.plusSeconds(1));

		assertThat(node.maintenance().recoverExpired(5)).extracting("id").containsExactly(job);
	}

	private static JobId put(JobStore node) {
		JobDraft job = JobDraft.aJob();
		node.work().insert(List.of(InsertGroup.of(List.of(job.toNewJob()))));
		return job.id();
	}

	private static HandWorker worker(JobStore node) {
		return HandWorker.of(node, "worker");
	}

	private static List<JobId> work(HandWorker worker) {
		List<ClaimedJob> jobs = worker.claim(10);
		jobs.forEach(worker::succeed);
		return jobs.stream().map((job) -> job.job().id()).toList();
	}

}
