package dev.q.test.scene;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.q.job.JobCounters;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptOutcome;
import dev.q.job.history.AttemptRecord;
import dev.q.store.ClaimedJob;
import dev.q.store.LeaseAnswer;
import dev.q.store.StoreException;
import dev.q.store.redis.RedisStore;
import dev.q.test.HandWorker;
import dev.q.test.scene.host.Stores;
import dev.q.test.server.Patience;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The server does what it is asked, and its answer does not arrive.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LostAnswerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private RedisProcess server;

	private Line line;

	/** Beyond the line. */
	private RedisStore store;

	private Jobs jobs;

	private HandWorker worker;

	@BeforeEach
	void connect() throws IOException {
		this.server = RedisServers.start();
		this.line = Line.to(this.server.port());
		this.store = Stores.open(this.line.port());
		this.jobs = new Jobs(Stores.open(this.server.port()));
		this.worker = HandWorker.of(this.store, "w-1").on(Stores.QUEUE);
		// The server knows the script from now on.
		assertThat(this.worker.claim(1)).isEmpty();
	}

	@AfterEach
	void end() throws IOException {
		this.store.close();
		this.jobs.store().close();
		this.line.close();
		this.server.close();
	}

	@Test
	void jobsOfAClaimWhoseConnectionBrokeAreHandedBackWithTheNextClaim() {
		List<JobId> ids = this.jobs.enqueue(3, NodeMain.QUICK);
		this.line.breakAtNextAnswer();
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.worker.claim(2));
		assertThat(this.jobs.count(JobState.RUNNING)).as("leased by nobody").isEqualTo(2);
		assertHandedBack(claimWhenConnected(), ids, 2);
	}

	@Test
	void jobsOfAClaimWhoseAnswerCameTooLateAreHandedBackWithTheNextClaim() {
		List<JobId> ids = this.jobs.enqueue(3, NodeMain.QUICK);
		this.line.holdAnswers();
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.worker.claim(2))
			.withMessageContaining("did not answer within PT5S");
		this.line.releaseAnswers();
		assertThat(this.jobs.count(JobState.RUNNING)).as("leased by nobody").isEqualTo(2);
		assertHandedBack(claimWhenConnected(), ids, 2);
	}

	@Test
	void leasesThatAreHeldStayWhereTheyAre() {
		this.jobs.enqueue(1, NodeMain.QUICK);
		ClaimedJob held = this.worker.claimOne();
		this.jobs.enqueue(1, NodeMain.QUICK);
		this.line.breakAtNextAnswer();
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.worker.claim(1));
		assertThat(claimWhenConnected()).extracting((claimed) -> claimed.job().id()).doesNotContain(held.job().id());
		assertThat(this.worker.succeed(held)).isEqualTo(LeaseAnswer.APPLIED);
	}

	@Test
	void jobsOfTheQueuesBeforeTheOneThatFailedAreNotLeftToTheirLease() {
		List<QueueName> queues = new ArrayList<>();
		queues.add(Stores.QUEUE);
		for (int i = 0; i < 8; i++) {
			queues.add(new QueueName("other-" + i));
		}
		// Nine queues make two calls; the second one meets a key that is no list.
		this.jobs.enqueue(1, NodeMain.QUICK);
		this.server.command("SET", "scene:{other-7}:delayed", "in the way");
		HandWorker broad = this.worker.on(queues.toArray(QueueName[]::new));
		assertThat(broad.claim(2)).hasSize(1);
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> broad.claim(2));
	}

	@Test
	void anEnqueueWhoseAnswerWasLostIsRepeatedAndTheJobRunsOnce() {
		try (RepeatedEnqueue producer = new RepeatedEnqueue(this.line, this.store, this.jobs).warm()) {
			producer.loseTheAnswer();
			producer.repeat();
			producer.runOnce();
		}
	}

	@Test
	void anAsynchronousEnqueueWhoseAnswerWasLostIsRepeatedAndTheJobRunsOnce() {
		try (RepeatedEnqueue producer = new RepeatedEnqueue(this.line, this.store, this.jobs).warm()) {
			producer.loseTheAnswerToAFuture();
			producer.repeatByFuture();
			producer.runOnce();
		}
	}

	private List<ClaimedJob> claimWhenConnected() {
		List<ClaimedJob> claimed = new ArrayList<>();
		Patience.until("the line is back", PATIENCE, () -> {
			try {
				return claimed.addAll(this.worker.claim(3));
			}
			catch (StoreException ex) {
				// Not yet connected.
				return false;
			}
		});
		return claimed;
	}

	private void assertHandedBack(List<ClaimedJob> claimed, List<JobId> ids, int lost) {
		assertThat(claimed).extracting((job) -> job.job().id()).containsExactlyElementsOf(ids);
		assertThat(claimed.subList(0, lost)).extracting((job) -> job.job().counters())
			.containsOnly(new JobCounters(0, 2, 0, 0, 1));
		assertThat(claimed.subList(lost, ids.size())).extracting((job) -> job.job().counters())
			.containsOnly(new JobCounters(0, 1, 0, 0, 0));
		assertThat(this.store.catalog().attempts(Stores.QUEUE, ids.get(0)))
			.extracting(AttemptRecord::outcome, AttemptRecord::worker)
			.containsExactly(tuple(AttemptOutcome.RELEASED, this.worker.id()),
					tuple(AttemptOutcome.RUNNING, this.worker.id()));
	}

}
