package dev.q.test.contract.engine;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.q.JobContext;
import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTimeoutException;
import dev.q.engine.GroupSettings;
import dev.q.event.JobEvent;
import dev.q.handler.HandlerDefinition;
import dev.q.job.DeadReason;
import dev.q.job.JobDetails;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers on real threads: how many of them run at once, and what interrupts them.
 *
 * @since 0.1
 */
public abstract class ThreadContract extends EngineTheme {

	private static final int JOBS = 8;

	private static final QueueName OTHER = new QueueName("other");

	private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();

	private final Semaphore released = new Semaphore(0);

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	@BeforeEach
	void handle() {
		app().handle("blocks", (payload, context) -> block(context));
		app().handle("note", (payload, context) -> this.happened.add(String.valueOf(payload)));
	}

	@Test
	void asManyHandlersRunAtOnceAsThereAreSlots() throws InterruptedException {
		CyclicBarrier full = new CyclicBarrier(Application.SLOTS);
		app().handle("meets", (payload, context) -> counted(() -> {
			full.await();
			return this.happened.add("met");
		}));
		Node producer = node();
		enqueue(producer, "meets", JOBS);

		start(node());
		for (int i = 0; i < JOBS; i++) {
			expect(this.happened, "met");
		}

		assertThat(this.most).hasValue(Application.SLOTS);
	}

	@Test
	void ofAHandlerWithALimitNoMoreRunAtOnceAndOthersUseTheSlotsThatAreLeft() throws InterruptedException {
		app().handle(new HandlerDefinition(new TypeName("one"), String.class, JobOptions.NONE,
				(payload, context) -> counted(() -> block(context)), "test one")
			.withConcurrency(1));
		Node producer = node();
		Node worker = node();
		enqueue(producer, "one", Application.SLOTS - 1);
		start(worker);
		expect(this.happened, "starts");

		producer.enqueue("note", "beside");
		expect(this.happened, "beside");
		this.released.release(Application.SLOTS);
		for (int i = 0; i < Application.SLOTS; i++) {
			await(worker, JobEvent.Succeeded.class);
		}

		assertThat(this.most).hasValue(1);
	}

	@Test
	void eachGroupOfQueuesHasItsOwnSlots() throws InterruptedException {
		app().settings(
				(usual) -> usual.withGroups(List.of(new GroupSettings("one", List.of(Application.QUEUE), List.of(), 1),
						new GroupSettings("another", List.of(OTHER), List.of(), 1))));
		Node producer = node();
		start(node());
		enqueue(producer, "blocks", 2);
		expect(this.happened, "starts");

		producer.jobs().enqueue(JobRequest.of("note", "beside").with((options) -> options.queue(OTHER.value())));
		expect(this.happened, "beside");
		this.released.release(2);

		expect(this.happened, "starts");
	}

	@Test
	void ofAnExclusiveQueueOneJobRunsInAllNodesInItsOrder() throws InterruptedException {
		app().exclusive()
			.handle("counts", (payload, context) -> counted(() -> this.happened.add(String.valueOf(payload))));
		Node first = node();
		Node second = node();
		start(first);
		start(second);

		first.jobs()
			.enqueueAll(IntStream.range(0, JOBS).mapToObj((i) -> Node.request("counts", String.valueOf(i))).toList());
		for (int i = 0; i < JOBS; i++) {
			expect(this.happened, String.valueOf(i));
		}

		assertThat(this.most).hasValue(1);
	}

	@Test
	void aWorkerThatSeldomLooksIsToldOfJobs() throws InterruptedException {
		Node producer = node();
		Node worker = node();
		app().handle("answers", (payload, context) -> this.happened.add("answered on " + payload));
		startLazily(worker);

		for (int i = 0; i < JOBS; i++) {
			producer.enqueue("answers", String.valueOf(i));
			expect(this.happened, "answered on " + i);
		}
	}

	@Test
	void aJobThatIsCancelledOnAnotherNodeIsInterruptedAndItsWorkerGoesOn() throws InterruptedException {
		app().settings((usual) -> usual.withLease(Duration.ofHours(1)));
		Node operator = node();
		Node worker = node();
		start(worker);
		JobReceipt receipt = operator.enqueue("blocks", "x");
		expect(this.happened, "starts");

		assertThat(operator.admin().cancel(List.of(receipt.id()), "drill")).containsExactly(receipt.id());
		expect(this.happened, "interrupted, lost: true");
		operator.enqueue("note", "next");
		expect(this.happened, "next");

		assertThat(find(receipt).cancelReason()).isEqualTo("drill");
		assertThat(find(receipt).job().counters().failures()).isZero();
	}

	@Test
	void anAttemptThatTakesTooLongIsAFailureAndTheLastOneIsDeath() throws InterruptedException {
		Node producer = node();
		Node worker = node();
		start(worker);
		JobReceipt receipt = producer.jobs()
			.enqueue(Node.request("blocks", "x").with((o) -> o.timeout(Duration.ofMillis(20)).maxAttempts(2)));

		expect(this.happened, "starts");
		expect(this.happened, "interrupted, lost: false");
		assertThat(await(worker, JobEvent.Retried.class).error().type()).isEqualTo(JobTimeoutException.class.getName());
		move(Application.RETRY_DELAY);
		expect(this.happened, "starts");
		await(worker, JobEvent.Died.class);

		JobDetails job = find(receipt);
		assertThat(job.deadReason()).isEqualTo(DeadReason.EXHAUSTED);
		assertThat(Objects.requireNonNull(job.lastError()).message()).contains("PT0.02S");
	}

	@Test
	void aSlotIsUsedAgainThoughItsHandlerDoesNotEnd() throws InterruptedException {
		app().settings((usual) -> usual.withAbandonment(Duration.ofMillis(10), Application.SLOTS))
			.handle("deaf", JobOptions.NONE.timeout(Duration.ofMillis(10)), (payload, context) -> {
				this.released.acquireUninterruptibly();
				return null;
			});
		Node producer = node();
		Node worker = node();
		start(worker);
		enqueue(producer, "deaf", Application.SLOTS);
		for (int i = 0; i < Application.SLOTS; i++) {
			await(worker, JobEvent.Retried.class);
		}

		producer.enqueue("note", "next");
		expect(this.happened, "next");

		this.released.release(Application.SLOTS);
		assertThat(all()).filteredOn((job) -> job.counters().failures() == 1)
			.hasSize(Application.SLOTS)
			.allMatch((job) -> job.state() == JobState.RETRYING);
	}

	private static void enqueue(Node node, String type, int count) {
		node.jobs().enqueueAll(Collections.nCopies(count, Node.request(type, "x")));
	}

	private @Nullable Object counted(Callable<?> body) throws Exception {
		this.most.accumulateAndGet(this.running.incrementAndGet(), Math::max);
		try {
			return body.call();
		}
		finally {
			this.running.decrementAndGet();
		}
	}

	private Object block(JobContext context) throws InterruptedException {
		this.happened.add("starts");
		try {
			this.released.acquire();
			return "done";
		}
		catch (InterruptedException ex) {
			this.happened.add("interrupted, lost: " + context.leaseLost());
			throw ex;
		}
	}

}
