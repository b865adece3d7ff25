package dev.q.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.loop.PlatformThreads;
import dev.q.scene.EngineScene;
import dev.q.scene.StorePlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Slots, fetcher and dispatcher of one group, with what surrounds them made to fail.
 */
class GroupTests {

	private final EngineScene scene = new EngineScene();

	private final StorePlan store = new StorePlan(this.scene.store.work());

	private final Slots slots = new Slots(2);

	private final List<Runnable> threads = new ArrayList<>();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void aClaimThatFailsGivesItsSlotsBack() {
		this.store.claimsToFail = 1;
		Fetcher fetcher = fetcher(this.threads::add);

		fetcher.loop().step();

		assertThat(this.slots.taken()).isZero();
		assertThat(fetcher.loop().failures()).isOne();
	}

	@Test
	void aJobForWhichThereIsNoThreadIsHandedBackAndTheLoopPauses() {
		JobId id = this.scene.enqueue("any", "x");
		Fetcher fetcher = fetcher((task) -> {
			throw new RejectedExecutionException("drill");
		});

		fetcher.loop().step();

		assertHandedBack(id);
		assertThat(fetcher.loop().failures()).isOne();
		assertThat(fetcher.loop().isDue()).isFalse();
	}

	@Test
	void aMachineOutOfThreadsLosesNoJobOfABatch() {
		List<JobId> ids = List.of(this.scene.enqueue("any", "x"), this.scene.enqueue("any", "x"));
		Fetcher fetcher = fetcher((task) -> {
			throw new OutOfMemoryError("unable to create native thread: drill");
		});

		fetcher.loop().step();

		ids.forEach(this::assertHandedBack);
	}

	@Test
	void whatAClaimBringsAfterTheStopIsHandedBackUnstarted() {
		JobId id = this.scene.enqueue("any", "x");
		Fetcher fetcher = fetcher(this.threads::add);

		fetcher.stop();
		fetcher.loop().step();

		assertThat(this.threads).isEmpty();
		assertHandedBack(id);
	}

	@Test
	void aThreadThatHasFinishedAJobRunsTheNextOneItself() {
		List<Object> ran = new ArrayList<>();
		this.scene.handle("any", (payload, context) -> ran.add(payload));
		Fetcher fetcher = fetcher(this.threads::add);
		this.scene.enqueue("any", "1");
		fetcher.loop().step();
		this.scene.enqueue("any", "2");
		this.scene.enqueue("any", "3");

		this.threads.get(0).run();

		assertThat(ran).startsWith("1", "2");
		assertThat(this.threads).hasSize(2);
		this.threads.get(1).run();
		assertThat(ran).containsExactly("1", "2", "3");
		assertThat(this.slots.taken()).isZero();
	}

	@Test
	void aThreadWhoseOwnClaimFailsGivesItsSlotBackAndWakesTheLoop() {
		this.scene.handle("any", (payload, context) -> null);
		Fetcher fetcher = fetcher(this.threads::add);
		this.scene.enqueue("any", "1");
		fetcher.loop().step();
		this.store.claimsToFail = 1;

		this.threads.get(0).run();

		assertThat(this.slots.taken()).isZero();
		assertThat(fetcher.loop().isDue()).isTrue();
	}

	@Test
	void aJobOfAnExclusiveQueueThatEndsWhileOthersClaimMakesThemLookAgain() {
		this.scene.handle("any", (payload, context) -> null);
		Fetcher fetcher = fetcher(this.threads::add, Set.of(EngineScene.QUEUE));
		this.scene.enqueue("any", "1");
		this.scene.enqueue("any", "2");
		fetcher.loop().step();
		this.store.afterClaim = () -> {
			this.store.afterClaim = () -> {
			};
			this.threads.get(0).run();
		};

		fetcher.loop().step();

		assertThat(this.threads).hasSize(1);
		assertThat(fetcher.loop().isDue()).isTrue();
		fetcher.loop().step();
		assertThat(this.threads).hasSize(2);
	}

	@Test
	void aHintIsKeptUntilASlotIsFree() {
		this.scene.handle("any", (payload, context) -> null);
		Fetcher fetcher = fetcher(this.threads::add);
		this.slots.takeAll();
		fetcher.loop().step();

		fetcher.hint();
		boolean dueWithoutASlot = fetcher.loop().isDue();
		this.slots.give(1);

		assertThat(dueWithoutASlot).isFalse();
		assertThat(fetcher.loop().isDue()).isTrue();
	}

	@Test
	void aFetcherWithoutSlotsComesToSeeWhetherTheThreadOfAJobHangsInItsClaim() {
		Fetcher fetcher = fetcher(this.threads::add);
		this.slots.takeAll();

		fetcher.loop().step();
		this.scene.clock.advance(Duration.ofSeconds(10));

		assertThat(fetcher.loop().isDue()).isTrue();
	}

	@Test
	void aWorkerLooksForTheJobsOfWhichItWasNotToldBeforeItListened() {
		Fetcher fetcher = fetcher(this.threads::add);
		fetcher.loop().step();
		this.scene.enqueue("any", "x");

		new Signals(this.store, new WorkerId("test"), List.of(fetcher), this.scene.jobsIn(this.store)).connect();

		assertThat(fetcher.loop().isDue()).isTrue();
	}

	private Fetcher fetcher(Executor executor) {
		return fetcher(executor, Set.of());
	}

	private Fetcher fetcher(Executor executor, Set<QueueName> exclusive) {
		WorkerId worker = new WorkerId("test");
		EngineSettings settings = this.scene.settings();
		HandDrivenPool pool = new HandDrivenPool(executor);
		Dispatcher dispatcher = new Dispatcher(this.slots, pool,
				new AbandonedThreads(this.slots, pool, new AbandonedThreads.OfWorker(new AtomicInteger(), 1)),
				this.scene.jobsIn(this.store));
		EnginePorts ports = new EnginePorts(this.scene.clock, new PlatformThreads(), new SplittableRandom(1));
		Claimer claimer = new Claimer(settings.groups().get(0).withExclusive(exclusive), worker, this.store, settings,
				ports);
		return new Fetcher("test", claimer, dispatcher, this.slots, this.scene.clock);
	}

	private void assertHandedBack(JobId id) {
		assertThat(this.scene.find(id).state()).isEqualTo(JobState.READY);
		assertThat(this.scene.find(id).job().counters().failures()).isZero();
		assertThat(this.slots.taken()).isZero();
	}

}
