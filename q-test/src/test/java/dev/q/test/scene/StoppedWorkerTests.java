package dev.q.test.scene;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.JobStore;
import dev.q.store.LeaseAnswer;
import dev.q.test.scene.host.Host;
import dev.q.test.server.Patience;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A worker stands still for longer than its lease, and goes on.
 */
class StoppedWorkerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** Long enough for workers that stall without having been stopped. */
	private static final Duration LEASE = Duration.ofSeconds(10);

	/** Jobs whose handlers run when the worker stops. */
	private static final int HELD = 50;

	/** Jobs whose handlers are done by then, but not settled. */
	private static final int DONE = 50;

	private static final int LATER = 50;

	@ParameterizedTest
	@MethodSource("dev.q.test.scene.host.Hosts#oneOfEach")
	@Timeout(value = 4, unit = TimeUnit.MINUTES)
	void aWorkerThatStoodStillLearnsThatItsJobsAreLostAndChangesNothing(Host.Kind kind) throws Exception {
		try (Host host = kind.start(); JobStore store = host.open()) {
			Jobs jobs = new Jobs(store);
			List<JobId> held = jobs.enqueue(HELD, NodeMain.HELD);
			List<JobId> done = jobs.enqueue(DONE, NodeMain.QUICK);
			List<JobId> all = Stream.of(held, done).flatMap(List::stream).toList();
			try (Node sleeper = Node.start(host, HELD + DONE, LEASE)) {
				sleeper.await("runs all jobs", Ledger.START, HELD + DONE);
				sleeper.await("is done with the quick ones", Ledger.END, DONE);
				sleeper.halt();
				// To be heard when it goes on: what its handlers did is settled then.
				sleeper.tell(NodeMain.SETTLEMENTS);
				try (Node heir = Node.start(host, HELD + DONE, LEASE)) {
					heir.tell(NodeMain.HANDLERS, NodeMain.SETTLEMENTS);
					Patience.until("all jobs are done elsewhere", PATIENCE,
							() -> jobs.count(JobState.SUCCEEDED) == HELD + DONE);
					List<JobDetails> before = jobs.find(all);
					sleeper.goOn();
					sleeper.await("is told", Ledger.TOLD, HELD);
					sleeper.await("settles", Ledger.SETTLED, DONE);
					List<JobId> later = jobs.enqueue(LATER, NodeMain.QUICK);
					Patience.until("both workers go on", PATIENCE,
							() -> jobs.count(JobState.SUCCEEDED) == HELD + DONE + LATER);
					assertThat(jobs.find(all)).isEqualTo(before);
					assertNothingIsStale(sleeper.ledger(), all, held, later);
				}
			}
		}
	}

	private static void assertNothingIsStale(Ledger ledger, List<JobId> all, List<JobId> held, List<JobId> later) {
		assertThat(ledger.jobs(Ledger.TOLD)).containsExactlyInAnyOrderElementsOf(held);
		assertThat(ledger.details(Ledger.TOLD)).containsOnly("true");
		assertThat(ledger.jobs(Ledger.START)).doesNotHaveDuplicates().containsAll(all);
		List<JobId> settled = ledger.jobs(Ledger.SETTLED);
		List<String> answers = ledger.details(Ledger.SETTLED);
		for (int i = 0; i < settled.size(); i++) {
			LeaseAnswer due = later.contains(settled.get(i)) ? LeaseAnswer.APPLIED : LeaseAnswer.LOST;
			assertThat(answers.get(i)).as("answer for %s", settled.get(i)).isEqualTo(due.name());
		}
	}

}
