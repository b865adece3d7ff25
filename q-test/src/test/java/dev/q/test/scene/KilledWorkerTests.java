package dev.q.test.scene;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.q.JobOptions;
import dev.q.job.DeadReason;
import dev.q.job.DeliveryMode;
import dev.q.job.JobCounters;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.JobStore;
import dev.q.test.scene.host.Host;
import dev.q.test.server.Patience;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker is killed with -9 in the middle of 1 000 running jobs.
 */
class KilledWorkerTests {

	private static final int RUNNING = 1000;

	private static final int STEP = 100;

	private static final int WAITING = 100;

	private static final JobOptions ONCE = JobOptions.NONE.delivery(DeliveryMode.AT_MOST_ONCE);

	private static final Duration LEASE = Duration.ofSeconds(5);

	/** The lease and 2 s, as promised, and 1 s for what the jobs themselves take. */
	private static final Duration LIMIT = LEASE.plusSeconds(3);

	@ParameterizedTest
	@MethodSource("dev.q.test.scene.host.Hosts#oneOfEach")
	@Timeout(value = 2, unit = TimeUnit.MINUTES)
	void theJobsOfAKilledWorkerFinishElsewhereAndOneCrashIsCounted(Host.Kind kind) throws Exception {
		try (Host host = kind.start(); JobStore store = host.open()) {
			Jobs jobs = new Jobs(store);
			List<JobId> running = new ArrayList<>();
			try (Node victim = Node.start(host, RUNNING, LEASE)) {
				// Bit by bit: a busy machine may start 1 000 threads too slowly for a
				// lease.
				while (running.size() < RUNNING) {
					running.addAll(jobs.enqueue(STEP, NodeMain.HELD));
					victim.await("runs all jobs", Ledger.START, running.size());
				}
				List<JobId> waiting = jobs.enqueue(WAITING, NodeMain.HELD);
				try (Node heir = Node.start(host, RUNNING, LEASE)) {
					heir.tell(NodeMain.HANDLERS, NodeMain.SETTLEMENTS);
					heir.await("is done with what waits", Ledger.END, WAITING);
					victim.kill();
					Patience.until("all jobs are done elsewhere", LIMIT,
							() -> jobs.count(JobState.SUCCEEDED) == RUNNING + WAITING);
					assertThat(new HashSet<>(heir.ledger().jobs(Ledger.END))).containsAll(running);
					assertThat(heir.ledger().count(Ledger.START)).isEqualTo(RUNNING + WAITING);
				}
				assertThat(jobs.find(running)).extracting(JobDetails::state).containsOnly(JobState.SUCCEEDED);
				assertThat(jobs.find(running)).extracting((details) -> details.job().counters())
					.hasSize(RUNNING)
					.containsOnly(new JobCounters(0, 2, 1, 0, 0));
				assertThat(jobs.find(waiting)).extracting((details) -> details.job().counters())
					.containsOnly(new JobCounters(0, 1, 0, 0, 0));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("dev.q.test.scene.host.Hosts#oneOfEach")
	@Timeout(value = 2, unit = TimeUnit.MINUTES)
	void theJobsOfAKilledWorkerThatMayStartOnceAreDeadAndStartNowhereElse(Host.Kind kind) throws Exception {
		try (Host host = kind.start(); JobStore store = host.open()) {
			Jobs jobs = new Jobs(store);
			try (Node victim = Node.start(host, STEP, LEASE)) {
				List<JobId> running = jobs.enqueue(STEP, NodeMain.HELD, ONCE);
				victim.await("runs all jobs", Ledger.START, STEP);
				List<JobId> waiting = jobs.enqueue(WAITING, NodeMain.QUICK, ONCE);
				victim.kill();
				try (Node heir = Node.start(host, STEP, LEASE)) {
					heir.tell(NodeMain.HANDLERS, NodeMain.SETTLEMENTS);
					Patience.until("all jobs have ended", LIMIT,
							() -> jobs.count(JobState.DEAD) == STEP && jobs.count(JobState.SUCCEEDED) == WAITING);
					assertThat(heir.ledger().jobs(Ledger.START)).containsExactlyInAnyOrderElementsOf(waiting);
				}
				assertThat(victim.ledger().jobs(Ledger.START)).containsExactlyInAnyOrderElementsOf(running);
				assertThat(jobs.find(running)).extracting(JobDetails::deadReason).containsOnly(DeadReason.LOST);
				assertThat(jobs.find(running)).extracting((details) -> details.job().counters())
					.hasSize(STEP)
					.containsOnly(new JobCounters(0, 1, 1, 0, 0));
			}
		}
	}

}
