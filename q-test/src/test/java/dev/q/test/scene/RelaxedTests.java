package dev.q.test.scene;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import dev.q.JobOptions;
import dev.q.job.DeliveryMode;
import dev.q.job.Durability;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.ClaimedJob;
import dev.q.store.JobStore;
import dev.q.store.LeaseAnswer;
import dev.q.store.StoreException;
import dev.q.test.HandWorker;
import dev.q.test.scene.host.PostgresHost;
import dev.q.test.scene.host.Stores;
import dev.q.test.server.Patience;
import dev.q.test.server.postgres.PostgresServers;
import dev.q.test.server.postgres.PostgresSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What does not wait for the disk on PostgreSQL, and so may be lost when the server is
 * killed with -9: jobs that are {@link Durability#RELAXED}, and claims.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RelaxedTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final int JOBS = 300;

	private static final Duration PAUSE = Duration.ofMillis(1);

	private static final JobOptions RELAXED = JobOptions.NONE.durability(Durability.RELAXED);

	/** Its writer is not woken for each page that is full, as those before 17 are. */
	private static final PostgresSource LAZY_SOURCE = PostgresSource.ARTIFACT18;

	/** Hardly anything is written before somebody waits for it. */
	private static final Map<String, String> LAZY = Map.of("wal_writer_delay", "10s", "wal_writer_flush_after", "1GB");

	/** Three times the usual 200 ms, and what a busy machine adds. */
	private static final Duration WINDOW = Duration.ofSeconds(1);

	static Iterable<PostgresSource> sources() {
		return PostgresServers.binaries();
	}

	@Test
	void whatWasRelaxedIsKeptOnceAJobThatIsNotHasReturned() {
		try (PostgresHost host = PostgresHost.start(LAZY_SOURCE, LAZY); JobStore store = host.open()) {
			try (Load load = Load.of(store, 2, PAUSE, RELAXED)) {
				load.awaitJobs(JOBS);
				Set<JobId> before = new HashSet<>(load.acknowledged().keySet());
				before.addAll(new Jobs(store).enqueue(1, NodeMain.QUICK));
				load.awaitJobs(before.size() + JOBS);
				Loss loss = Loss.byKill(host, store, load);
				assertThat(loss.jobs()).as("jobs lost, else this shows nothing").isNotEmpty();
				assertThat(loss.jobs()).doesNotContainAnyElementsOf(before);
				assertThat(new Jobs(store).find(before)).hasSameSizeAs(before);
			}
		}
	}

	@Tag("deep")
	@ParameterizedTest
	@MethodSource("sources")
	@Timeout(value = 10, unit = TimeUnit.MINUTES)
	void threeTurnsOfTheWalWriterAreLostAtMost(PostgresSource source) {
		for (int i = 0; i < 12; i++) {
			try (PostgresHost host = PostgresHost.start(source, Map.of()); JobStore store = host.open()) {
				try (Load load = Load.of(store, 2, PAUSE, RELAXED)) {
					load.awaitJobs(JOBS);
					assertThat(Loss.byKill(host, store, load).window()).isLessThan(WINDOW);
				}
			}
		}
	}

	@Test
	void aSettlementIsRefusedOfAClaimThatTheServerForgot() {
		try (PostgresHost host = PostgresHost.start(LAZY_SOURCE, LAZY); JobStore store = host.open()) {
			new Jobs(store).enqueue(1, NodeMain.QUICK);
			HandWorker first = HandWorker.of(store, "w-1").on(Stores.QUEUE);
			ClaimedJob forgotten = first.claimOne();
			host.kill();
			host.restart();
			HandWorker second = HandWorker.of(store, "w-2").on(Stores.QUEUE);
			ClaimedJob claimed = claimWhenBack(second);
			assertThat(claimed.job().id()).isEqualTo(forgotten.job().id());
			// The number for the outside world starts over, so it cannot be the fence.
			assertThat(claimed.job().counters()).isEqualTo(forgotten.job().counters());
			assertThat(first.renew(forgotten)).isEqualTo(LeaseAnswer.LOST);
			assertThat(first.succeed(forgotten)).isEqualTo(LeaseAnswer.LOST);
			assertThat(second.succeed(claimed)).isEqualTo(LeaseAnswer.APPLIED);
		}
	}

	/**
	 * The claim of a job that may start once waits for the disk, also if it was claimed
	 * with others.
	 */
	@Test
	void noClaimIsForgottenOfAJobThatMayStartOnce() {
		try (PostgresHost host = PostgresHost.start(LAZY_SOURCE, LAZY); JobStore store = host.open()) {
			Jobs jobs = new Jobs(store);
			List<JobId> once = jobs.enqueue(1, NodeMain.QUICK, JobOptions.NONE.delivery(DeliveryMode.AT_MOST_ONCE));
			jobs.enqueue(3, NodeMain.QUICK);
			HandWorker worker = HandWorker.of(store, "w-1").on(Stores.QUEUE);
			assertThat(worker.claimIds(4)).hasSize(4).containsAll(once);
			host.kill();
			host.restart();
			Patience.until("the server is back", PATIENCE, () -> isBack(store));

			assertThat(jobs.find(once)).extracting(JobDetails::state).containsExactly(JobState.RUNNING);
			assertThat(worker.claimIds(4)).doesNotContainAnyElementsOf(once);
		}
	}

	private static boolean isBack(JobStore store) {
		try {
			return !store.catalog().queues().isEmpty();
		}
		catch (StoreException ex) {
			return false;
		}
	}

	/** A pool may lend connections of before the kill once more. */
	private static ClaimedJob claimWhenBack(HandWorker worker) {
		List<ClaimedJob> claimed = new ArrayList<>();
		Patience.until("the server is back", PATIENCE, () -> {
			try {
				return claimed.addAll(worker.claim(1));
			}
			catch (StoreException ex) {
				return false;
			}
		});
		return claimed.get(0);
	}

}
