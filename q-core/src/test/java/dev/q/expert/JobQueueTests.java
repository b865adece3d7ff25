package dev.q.expert;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobType;
import dev.q.QueueClosedException;
import dev.q.QueueFullException;
import dev.q.QueuePausedException;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.Payload;
import dev.q.maintenance.HousekeepingCounts;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(60)
class JobQueueTests {

	private final QueueScene scene = new QueueScene();

	private final JobQueue queue = this.scene.queue;

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void bytesAreStoredUnchangedAndGivenAsAnArrayOfTheHandlersOwn() {
		byte[] given = { 0, 1, -1, 13, 10 };
		List<byte[]> taken = new ArrayList<>();
		QueueHandler handler = QueueHandler.of(byte[].class, (bytes, job) -> {
			taken.add(bytes.clone());
			bytes[0] = 9;
			throw new IllegalStateException("again");
		});

		JobReceipt receipt = this.queue.enqueue(given);
		given[0] = 7;
		this.queue.handleOne(handler);
		this.scene.clock.advance(Duration.ofSeconds(10));
		this.queue.handleOne(handler);

		assertThat(jobOf(receipt).spec().payload()).isEqualTo(Payload.octets(new byte[] { 0, 1, -1, 13, 10 }));
		assertThat(taken).containsExactly(new byte[] { 0, 1, -1, 13, 10 }, new byte[] { 0, 1, -1, 13, 10 });
	}

	@Test
	void noBytesAreBytesToo() {
		List<byte[]> taken = new ArrayList<>();
		this.queue.enqueue(new byte[0]);

		this.queue.handleOne(QueueHandler.of(byte[].class, (bytes, job) -> taken.add(bytes)));

		assertThat(taken).containsExactly(new byte[0]);
	}

	@Test
	void aJobHasTheTypeThatItsRequestOrItsClassNames() {
		assertThat(typeOf(this.queue.enqueue(JobRequest.of("named", new Order(1))))).isEqualTo("named");
		assertThat(typeOf(this.queue.enqueue(new Order(1)))).isEqualTo("order");
		assertThat(typeOf(this.queue.enqueue(List.of(1)))).isEqualTo("default");
		assertThat(typeOf(this.queue.enqueue(new byte[1]))).isEqualTo("default");
	}

	@Test
	void aRequestIsTakenForWhatItIs() {
		Object request = JobRequest.of(new Order(1)).with((options) -> options.priority(3));

		JobReceipt receipt = this.queue.enqueue(request);

		assertThat(jobOf(receipt).spec().priority()).isEqualTo(3);
		assertThat(jobOf(receipt).spec().payload())
			.isEqualTo(Payload.json("{\"number\":1}".getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void optionsOfTheQueueCountWhereARequestSaysNothing() {
		try (JobQueue own = this.scene.builder().options(JobOptions.NONE.maxAttempts(7).priority(1)).build()) {
			JobReceipt receipt = own.enqueue(JobRequest.of("x").with((options) -> options.priority(2)));

			assertThat(jobOf(receipt).spec().limits().maxAttempts()).isEqualTo(7);
			assertThat(jobOf(receipt).spec().priority()).isEqualTo(2);
		}
	}

	@Test
	void aSecondEnqueueOfAnIdIsADuplicate() {
		JobId id = this.queue.enqueue("x").id();

		List<JobReceipt> receipts = this.queue
			.enqueueAll(List.of(JobRequest.of("x").withId(id), JobRequest.of("another")));

		assertThat(receipts).extracting(JobReceipt::status)
			.containsExactly(JobReceipt.Status.DUPLICATE, JobReceipt.Status.STORED);
	}

	@Test
	void whatCannotBeStoredIsRefused() {
		try (JobQueue small = this.scene.builder().maxPayload(10).options(JobOptions.NONE.maxLength(1)).build()) {
			small.enqueue("x");

			assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> small.enqueue("y"));
			assertThatIllegalArgumentException().isThrownBy(() -> small.enqueue(new byte[11]))
				.withMessageContaining("11 bytes");
			this.scene.store.control().pause(small.name(), PauseMode.IN);
			assertThatExceptionOfType(QueuePausedException.class).isThrownBy(() -> small.enqueue("y"));
		}
	}

	@Test
	void aRequestForAnotherQueueIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.queue.enqueue(JobRequest.of("x").with((options) -> options.queue("other"))))
			.withMessageContaining("other")
			.withMessageContaining("work");
		assertThat(this.queue.enqueue(JobRequest.of("x").with((options) -> options.queue("work"))).queue())
			.isEqualTo(this.queue.name());
	}

	@Test
	void theQueueIsCounted() {
		QueueStats before = this.queue.stats();
		this.queue.enqueue("x");
		this.queue.enqueue(JobRequest.of("y").with((options) -> options.in(Duration.ofHours(1))));

		assertThat(before.waiting()).isZero();
		assertThat(this.queue.stats().waiting()).isEqualTo(2);
		assertThat(this.queue.stats().count(JobState.SCHEDULED)).isEqualTo(1);
	}

	@Test
	void houseKeepingIsDoneWhenAskedFor() {
		this.queue.enqueue(JobRequest.of("x").with((options) -> options.in(Duration.ofHours(1))));
		this.queue.enqueue(JobRequest.of("y").with((options) -> options.timeToLive(Duration.ofMinutes(1))));
		this.scene.clock.advance(Duration.ofHours(1));

		assertThat(this.queue.houseKeeping()).isEqualTo(new HousekeepingCounts(1, 0, 1, 0, false));
	}

	@Test
	void aPolicyOfTheApplicationDecidesWhenToTryAgain() {
		try (JobQueue own = this.scene.builder()
			.retryPolicies(Map.of("mine", (failures, error) -> Duration.ofSeconds(failures)))
			.retry("mine")
			.build()) {
			own.enqueue("x");

			Outcome outcome = own.handleOne(QueueHandler.of(String.class, (text, job) -> {
				throw new IllegalStateException("drill");
			})).orElseThrow().outcome();

			assertThat(outcome).isInstanceOfSatisfying(Outcome.Retry.class,
					(retry) -> assertThat(retry.delay()).isEqualTo(Duration.ofSeconds(1)));
		}
	}

	@Test
	void aQueueWithoutAStoreCannotBeBuilt() {
		assertThatIllegalStateException().isThrownBy(() -> Q.queue("mail").build())
			.withMessageContaining("Q.queue(\"mail\").store(");
		assertThatIllegalArgumentException().isThrownBy(() -> Q.queue("no name")).withMessageContaining("no name");
		assertThatIllegalArgumentException().isThrownBy(() -> Q.queue("mail").options(JobOptions.NONE.queue("other")))
			.withMessageContaining("other");
		assertThatIllegalArgumentException().isThrownBy(() -> this.scene.builder().retry("now and then").build())
			.withMessageContaining("now and then");
	}

	@Test
	void aClosedQueueSaysSoAndLeavesTheStoreOpen() {
		JobReceipt receipt = this.queue.enqueue("x");
		QueueHandler handler = QueueHandler.of(String.class, (text, job) -> {
		});

		this.queue.close();
		this.queue.close();

		assertClosed(() -> this.queue.enqueue("y"));
		assertClosed(() -> this.queue.enqueueAll(List.of()));
		assertClosed(() -> this.queue.handleOne(handler));
		assertClosed(this.queue::houseKeeping);
		assertClosed(this.queue::stats);
		assertClosed(() -> Q.run(this.queue, handler, 1));
		assertThat(this.scene.stateOf(receipt)).isEqualTo(JobState.READY);
	}

	private void assertClosed(Runnable use) {
		assertThatExceptionOfType(QueueClosedException.class).isThrownBy(use::run).withMessageContaining("work");
	}

	private Job jobOf(JobReceipt receipt) {
		return this.scene.find(receipt).job();
	}

	private String typeOf(JobReceipt receipt) {
		return jobOf(receipt).spec().type().value();
	}

	@JobType("order")
	record Order(int number) {
	}

}
