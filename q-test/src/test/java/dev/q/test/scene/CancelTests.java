package dev.q.test.scene;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

import dev.q.JobContext;
import dev.q.admin.JobAdmin;
import dev.q.admin.audit.AuditTrail;
import dev.q.engine.EngineSettings;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.expert.JobQueue;
import dev.q.expert.Q;
import dev.q.expert.QueueHandler;
import dev.q.expert.QueueWorker;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.ports.SystemClock;
import dev.q.store.JobStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.test.scene.host.Host;
import dev.q.test.scene.host.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A job that runs on one node is cancelled on another. The lease is so long that it is
 * not renewed meanwhile: it must be the signal that reaches the handler.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CancelTests {

	private static final EngineSettings PATIENT = EngineSettings.DEFAULT.withLease(Duration.ofHours(1));

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String HANGS = "hangs";

	/** What happened, in its order. */
	private final BlockingQueue<String> happened = new ArrayBlockingQueue<>(10);

	/** What the node told that ended the job. */
	private final List<String> told = new ArrayList<>();

	@ParameterizedTest
	@MethodSource("dev.q.test.scene.host.Hosts#oneOfEach")
	void theHandlerOnTheOtherNodeIsInterrupted(Host.Kind kind) throws InterruptedException {
		try (Host host = kind.start(); JobStore here = host.open(); JobStore there = host.open()) {
			JobId id = interrupt(here, there, (admin, job) -> admin.cancel(Set.of(job), "no longer wanted"));

			JobDetails details = here.catalog().find(List.of(id)).get(0);
			assertThat(details.state()).isEqualTo(JobState.CANCELLED);
			assertThat(details.cancelReason()).isEqualTo("no longer wanted");
			assertThat(details.job().counters().failures()).isZero();
			assertThat(this.told).containsExactly("Cancelled");
		}
	}

	@ParameterizedTest
	@MethodSource("dev.q.test.scene.host.Hosts#oneOfEach")
	void theHandlerOfADeletedJobIsInterrupted(Host.Kind kind) throws InterruptedException {
		try (Host host = kind.start(); JobStore here = host.open(); JobStore there = host.open()) {
			JobId id = interrupt(here, there, (admin, job) -> admin.delete(Set.of(job)));

			assertThat(here.catalog().find(List.of(id))).isEmpty();
			assertThat(this.told).isEmpty();
		}
	}

	@Test
	void theSameHoldsInMemory() throws InterruptedException {
		SystemClock clock = new SystemClock();
		try (JobStore store = new MemoryStore(MemorySettings.DEFAULT, clock, clock)) {
			JobId id = interrupt(store, store, (admin, job) -> admin.cancel(Set.of(job), "no longer wanted"));

			assertThat(store.catalog().find(List.of(id)).get(0).state()).isEqualTo(JobState.CANCELLED);
		}
	}

	/**
	 * Runs a job there, ends it from here, and makes sure that its worker goes on with
	 * the next one.
	 */
	private JobId interrupt(JobStore here, JobStore there, BiFunction<JobAdmin, JobId, Set<JobId>> end)
			throws InterruptedException {
		JobQueue queue = Q.queue(Stores.QUEUE.value()).store(there).settings(PATIENT).listener(this::hear).build();
		try (QueueWorker worker = Q.run(queue, QueueHandler.of(byte[].class, this::handle), 1)) {
			assertThat(worker).isNotNull();
			JobId id = new Jobs(here).enqueue(1, HANGS).get(0);
			expect("starts");

			assertThat(end.apply(admin(here), id)).containsExactly(id);
			expect("interrupted, lost: true");
			new Jobs(here).enqueue(1, NodeMain.QUICK);
			expect("quick");
			return id;
		}
	}

	private void handle(byte[] payload, JobContext job) {
		if (!HANGS.equals(new String(payload, StandardCharsets.US_ASCII))) {
			this.happened.add("quick");
			return;
		}
		this.happened.add("starts");
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			this.happened.add("interrupted, lost: " + job.leaseLost());
			Thread.currentThread().interrupt();
		}
	}

	private JobAdmin admin(JobStore here) {
		JobEvents events = new JobEvents(List.of((event) -> this.told.add(event.getClass().getSimpleName())));
		return new JobAdmin(here, 1000, AuditTrail.logged(), events);
	}

	private void hear(JobEvent event) {
		if (event instanceof JobEvent.Cancelled || event instanceof JobEvent.Retried
				|| event instanceof JobEvent.Died) {
			this.happened.add("failed");
		}
	}

	private void expect(String what) throws InterruptedException {
		assertThat(this.happened.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(what);
	}

}
