package dev.q.test.contract.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.q.JobContext;
import dev.q.JobReceipt;
import dev.q.engine.GroupSettings;
import dev.q.event.JobEvent;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.schedule.Misfire;
import dev.q.schedule.Overlap;
import dev.q.schedule.ScheduleDetails;
import dev.q.schedule.ScheduleOptions;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Schedules;
import dev.q.schedule.Tick;
import dev.q.store.PauseMode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Schedules that engines fire.
 *
 * @since 0.1
 */
public abstract class RecurringContract extends EngineTheme {

	private static final String NAME = "busy";

	private static final Duration SPAN = Duration.ofSeconds(10);

	private final List<Instant> runs = new ArrayList<>();

	private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();

	private final Semaphore released = new Semaphore(0);

	@BeforeEach
	void handle() {
		app().handle("tick", (payload, context) -> this.runs.add(now()));
		app().settings((usual) -> usual.withLease(Duration.ofHours(1)))
			.handle("blocks", (payload, context) -> block(context));
	}

	@Test
	void ofTwoNodesOneFiresEachTick() {
		Node first = node();
		Node second = node();
		List<JobId> ticks = everySpan(first, "tick", 5, (o) -> o);
		turn(first);
		turn(second);

		for (int tick = 0; tick < 5; tick++) {
			pass(SPAN.minus(LOOK.multipliedBy(2)));
			work();
		}
		work();

		assertThat(all()).extracting(Job::id).containsExactlyInAnyOrderElementsOf(ticks);
		assertThat(all()).extracting(Job::state).containsOnly(JobState.SUCCEEDED);
		assertThat(this.runs).hasSize(5);
	}

	@Test
	void ticksOfATimeWithoutWorkersAreMadeUpForAsTheMisfireSays() {
		Node node = node();
		List<JobId> ticks = everySpan(node, "tick", 4, (o) -> o.withMisfire(Misfire.all(2, Duration.ofDays(1))));
		move(SPAN.multipliedBy(4));
		turn(node);

		work();

		assertThat(all()).extracting(Job::id).containsExactlyInAnyOrderElementsOf(ticks.subList(2, 4));
		assertThat(this.runs).hasSize(2);
	}

	@Test
	void aTickWhoseQueueTakesNothingInComesWhenItDoesAgain() {
		Node node = node();
		everySpan(node, "tick", 1, (o) -> o);
		turn(node);
		node().admin().pause(Application.QUEUE, PauseMode.IN);
		pass(SPAN.multipliedBy(2));
		assertThat(all()).isEmpty();

		node().admin().resume(Application.QUEUE);
		work();

		assertThat(this.runs).hasSize(1);
	}

	@Test
	void aScheduleIsPausedTriggeredResumedAndRemovedFromAnyNode() {
		Node operator = node();
		List<JobId> ticks = everySpan(operator, "tick", 4, (o) -> o);
		turn(node());

		assertThat(operator.schedules().pause(NAME)).isTrue();
		pass(SPAN.multipliedBy(5).dividedBy(2));
		assertThat(this.runs).isEmpty();
		JobReceipt receipt = operator.schedules().trigger(NAME);
		work();
		assertThat(state(receipt)).isEqualTo(JobState.SUCCEEDED);
		assertThat(operator.schedules().resume(NAME)).isTrue();
		// Where no schedule is under way, workers do not look more often.
		pass(SPAN);
		work();
		assertThat(all()).extracting(Job::id).containsExactlyInAnyOrder(receipt.id(), ticks.get(3));
		assertThat(operator.schedules().remove(NAME)).isTrue();
		pass(SPAN.multipliedBy(3));

		assertThat(this.runs).hasSize(2);
	}

	@Test
	void aScheduleIsReadOnAnotherNodeAsItWasAdded() {
		Node node = node();
		ScheduleRequest request = ScheduleRequest
			.cron(NAME, "30 3 * * *", Node.request("tick", "x").with((o) -> o.priority(2)))
			.inZone(ZoneId.of("Europe/Berlin"))
			.with((o) -> o.withMisfire(Misfire.all(3, Duration.ofHours(2)))
				.withOverlap(Overlap.SKIP)
				.withJitter(seconds(20)));

		node.schedules().upsert(request);
		JobReceipt receipt = node().schedules().trigger(NAME);

		Instant next = node.schedules().preview(NAME, 1).get(0);
		assertThat(next.atZone(ZoneId.of("Europe/Berlin")).toLocalTime()).isEqualTo(LocalTime.of(3, 30));
		assertThat(node().schedules().find(NAME)).contains(new ScheduleDetails(NAME, request.trigger(), request.zone(),
				new TypeName("tick"), Application.QUEUE, request.options(), next, false, null));
		assertThat(node().schedules().trigger(NAME))
			.isEqualTo(new JobReceipt(receipt.id(), receipt.queue(), JobReceipt.Status.DUPLICATE));
		assertThat(find(receipt).job().spec().priority()).isEqualTo(2);
	}

	@Test
	void withSkipATickStoresNothingWhileTheJobBeforeItRuns() throws InterruptedException {
		Node worker = node();
		List<JobId> ticks = whileTheFirstRuns(worker, Overlap.SKIP);

		tick();
		tick();
		assertThat(all()).extracting(Job::id).containsExactly(ticks.get(0));
		this.released.release();
		await(worker, JobEvent.Succeeded.class);
		tick();

		assertThat(all()).extracting(Job::id).containsExactlyInAnyOrder(ticks.get(0), ticks.get(3));
	}

	@Test
	void withQueueOneOneJobWaitsBehindTheOneThatRuns() throws InterruptedException {
		Node worker = node();
		whileTheFirstRuns(worker, Overlap.QUEUE_ONE);

		tick();
		tick();
		assertThat(all()).extracting(Job::state).containsExactlyInAnyOrder(JobState.RUNNING, JobState.BLOCKED);
		this.released.release();
		await(worker, JobEvent.Succeeded.class);
		expect(this.happened, "starts");
		this.released.release();
		await(worker, JobEvent.Succeeded.class);

		assertThat(all()).extracting(Job::state).containsExactly(JobState.SUCCEEDED, JobState.SUCCEEDED);
	}

	@Test
	void withCancelPreviousTheJobThatRunsIsInterruptedOnItsNode() throws InterruptedException {
		Node worker = node();
		List<JobId> ticks = whileTheFirstRuns(worker, Overlap.CANCEL_PREVIOUS);

		tick();

		assertThat(Stream.of(next(this.happened), next(this.happened)).toList()).containsExactlyInAnyOrder("starts",
				"interrupted, lost: true");
		this.released.release();
		JobEvent.Succeeded done = await(worker, JobEvent.Succeeded.class);
		assertThat(done.id()).isEqualTo(ticks.get(1));
		assertThat(find(ticks.get(0)).state()).isEqualTo(JobState.CANCELLED);
	}

	/**
	 * Adds a schedule.
	 * @return what the jobs of its next ticks are named
	 */
	private static List<JobId> everySpan(Node node, String type, int ticks, UnaryOperator<ScheduleOptions> change) {
		Schedules schedules = node.schedules();
		schedules.upsert(ScheduleRequest.every(NAME, SPAN, Node.request(type, "x")).with(change));
		return schedules.preview(NAME, ticks).stream().map((tick) -> new Tick(NAME, tick).id()).toList();
	}

	/**
	 * Lets the job of the first tick run on the threads of a node, which hardly looks at
	 * the schedules. Another node fires them, which works another queue.
	 */
	private List<JobId> whileTheFirstRuns(Node worker, Overlap overlap) throws InterruptedException {
		List<JobId> ticks = everySpan(worker, "blocks", 4, (o) -> o.withOverlap(overlap));
		turn(node(new Application().settings((usual) -> usual
			.withGroups(List.of(new GroupSettings("others", List.of(new QueueName("others")), List.of(), 1))))));
		startLazily(worker);
		tick();
		expect(this.happened, "starts");
		return ticks;
	}

	/** When this returns, the next tick was fired. */
	private void tick() {
		pass(SPAN);
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
