package dev.q.test.contract.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.q.JobReceipt;
import dev.q.engine.JobEngine;
import dev.q.event.JobEvent;
import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.test.InvariantSweep;
import dev.q.test.contract.StoreFixture;
import dev.q.testing.ManualJobEngine;
import dev.q.testing.VirtualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A theme of the contract of engines: an empty store for each test, an application, and
 * nodes of it.
 *
 * @since 0.1
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
public abstract class EngineTheme {

	/** How long a test waits for what must come. */
	static final Duration PATIENCE = Duration.ofSeconds(20);

	/** Between two looks of an engine that is turned by hand. */
	static final Duration LOOK = Duration.ofSeconds(1);

	static final Duration LEASE = Duration.ofSeconds(30);

	private static final int ALL = 1000;

	private final Application app = new Application();

	private final List<Node> nodes = new ArrayList<>();

	private final List<ManualJobEngine> byHand = new ArrayList<>();

	private final List<JobEngine> onThreads = new ArrayList<>();

	private StoreFixture fixture;

	private VirtualClock clock;

	/**
	 * Makes an empty store for one test.
	 * @return the store and its clock
	 */
	protected abstract StoreFixture open();

	static Duration seconds(long count) {
		return Duration.ofSeconds(count);
	}

	@BeforeEach
	void openTheStore() {
		this.fixture = open();
		this.clock = new VirtualClock(this.fixture.now());
	}

	@AfterEach
	void closeTheStore() {
		try (StoreFixture ending = this.fixture) {
			this.onThreads.forEach(JobEngine::stop);
			this.byHand.forEach(ManualJobEngine::close);
			this.nodes.forEach(Node::close);
			new InvariantSweep(ending.store(), ending.now()).check();
		}
	}

	/** What all nodes of the test are made of. */
	Application app() {
		return this.app;
	}

	/** A further process of the application. */
	Node node() {
		return node(this.app);
	}

	/** A further process, of an application that may be another one. */
	Node node(Application made) {
		JobStore client = this.nodes.isEmpty() ? this.fixture.store() : this.fixture.reopen();
		Node node = new Node(made, client, this.clock);
		this.nodes.add(node);
		return node;
	}

	/** Lets a node work jobs off whenever the test lets time pass. */
	ManualJobEngine turn(Node node) {
		ManualJobEngine engine = node.byHand(this.clock);
		this.byHand.add(engine);
		return engine;
	}

	/** Lets a node work jobs off on threads of its own. */
	JobEngine start(Node node) {
		return start(node.onThreads());
	}

	/** The same with a worker that is told of jobs or misses them. */
	JobEngine startLazily(Node node) {
		return start(node.onThreads(Duration.ofHours(1)));
	}

	private JobEngine start(JobEngine engine) {
		this.onThreads.add(engine);
		engine.start();
		return engine;
	}

	Instant now() {
		return this.fixture.now();
	}

	/** Lets time pass, and at its end all engines by hand do what is due. */
	void pass(Duration span) {
		move(span);
		this.byHand.forEach(ManualJobEngine::runDueJobs);
	}

	/** Lets time pass in which an engine stands still. */
	void passWithout(ManualJobEngine halted, Duration span) {
		move(span);
		this.byHand.stream().filter((engine) -> engine != halted).forEach(ManualJobEngine::runDueJobs);
	}

	/** Lets time pass in which nobody does anything, but for engines on threads. */
	void move(Duration span) {
		this.fixture.advance(span);
		this.clock.advance(span);
	}

	/** Lets all engines by hand find what there is to do, and what follows from it. */
	void work() {
		pass(LOOK);
		pass(LOOK);
	}

	JobDetails find(JobReceipt receipt) {
		return find(receipt.id());
	}

	JobDetails find(JobId id) {
		List<JobDetails> found = this.fixture.store().catalog().find(Application.QUEUE, List.of(id));
		assertThat(found).as("job %s", id).hasSize(1);
		return found.get(0);
	}

	JobState state(JobReceipt receipt) {
		return find(receipt).state();
	}

	/** All jobs there are. */
	List<Job> all() {
		return this.fixture.store().catalog().search(JobCatalog.Query.ALL, ALL, null).items();
	}

	/** What comes next, which must be this. */
	static void expect(BlockingQueue<String> happened, String what) throws InterruptedException {
		assertThat(next(happened)).isEqualTo(what);
	}

	/** What comes next. */
	static String next(BlockingQueue<String> happened) throws InterruptedException {
		String next = happened.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(next).as("something happens").isNotNull();
		return next;
	}

	/** Waits until a node hears of an event of this kind. */
	static <E extends JobEvent> E await(Node node, Class<E> kind) throws InterruptedException {
		JobEvent event;
		do {
			event = node.heard().poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			assertThat(event).as("the node hears of %s", kind.getSimpleName()).isNotNull();
		}
		while (!kind.isInstance(event));
		return kind.cast(event);
	}

}
