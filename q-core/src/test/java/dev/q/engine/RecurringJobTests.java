package dev.q.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.q.event.JobEvents;
import dev.q.job.Due;
import dev.q.job.QueueName;
import dev.q.scene.EngineScene;
import dev.q.schedule.Misfire;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Tick;
import dev.q.store.PauseMode;
import dev.q.store.Schedule;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RecurringJobTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private static final QueueName OTHER = new QueueName("other");

	private final RecurringWorld world = new RecurringWorld();

	@AfterEach
	void close() {
		this.world.scene.close();
	}

	@Test
	void aScheduleFiresAtItsTicksAndNotAtTheLooksOfTheWorker() {
		this.world.schedules.upsert(RecurringWorld.every("odd", Duration.ofMillis(97_013)));
		ManualJobEngine engine = this.world.engineThatLooksOnceAnHour();

		engine.advance(Duration.ofMinutes(30));

		assertThat(this.world.seen).hasSizeGreaterThan(15)
			.allSatisfy((at) -> assertThat(at.toEpochMilli() % 97_013).isZero());
	}

	@Test
	void aDelayedJobStartsAtItsTimeAndNotAtTheLooksOfTheWorker() {
		ManualJobEngine engine = this.world.engineThatLooksOnceAnHour();
		engine.advance(Duration.ofMinutes(7));
		this.world.scene.store.control()
			.reschedule(List.of(this.world.scene.enqueue("tick", "x")), Due.in(Duration.ofMillis(12_345_678)));

		engine.advance(Duration.ofHours(4));

		assertThat(this.world.seen)
			.containsExactly(this.world.start.plus(Duration.ofMinutes(7)).plusMillis(12_345_678));
	}

	@Test
	void twoNodesFireEachTickOnce() {
		this.world.schedules.upsert(RecurringWorld.every("busy", Duration.ofSeconds(1)));
		ManualJobEngine first = this.world.scene.engine();
		ManualJobEngine second = this.world.scene.engine();

		for (int i = 0; i < 60; i++) {
			((i % 2 == 0) ? first : second).advance(Duration.ofSeconds(1));
			first.runDueJobs();
			second.runDueJobs();
		}

		assertThat(this.world.seen).hasSize(60).doesNotHaveDuplicates();
	}

	@Test
	void theNodeThatIsLeftGoesOnWhereTheOtherStopped() {
		this.world.schedules.upsert(RecurringWorld.every("busy", Duration.ofMinutes(1)));
		ManualJobEngine first = this.world.scene.engine();
		first.advance(Duration.ofSeconds(150));
		first.close();
		ManualJobEngine second = this.world.scene.engine();

		second.advance(Duration.ofSeconds(150));

		assertThat(this.world.seen).containsExactlyElementsOf(
				IntStream.rangeClosed(1, 5).mapToObj((i) -> this.world.start.plusSeconds(60L * i)).toList());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "skip | 0", "one | 1", "all(10, 1d) | 3", "all(2, 1d) | 2" })
	void afterThreeHoursAwayTheMisfireSaysHowManyTicksAreMadeUpFor(String misfire, int expected) {
		this.world.schedules
			.upsert(RecurringWorld.cron("hourly", "0 * * * *").with((o) -> o.withMisfire(Misfire.parse(misfire))));
		this.world.scene.clock.advance(Duration.ofMinutes(210));
		ManualJobEngine engine = this.world.scene.engine();

		engine.runDueJobs();
		int madeUpFor = this.world.seen.size();
		engine.advance(HOUR);

		assertThat(madeUpFor).isEqualTo(expected);
		assertThat(this.world.seen).hasSize(expected + 1).last().isEqualTo(this.world.start.plus(HOUR.multipliedBy(4)));
		List<Instant> ticks = Stream.of(2, 1, 3, 4)
			.sorted()
			.map((i) -> this.world.start.plus(HOUR.multipliedBy(i)))
			.toList();
		assertThat(this.world.jobsOf("hourly")).containsExactlyElementsOf(
				ticks.subList(3 - expected, 4).stream().map((tick) -> new Tick("hourly", tick).id()).toList());
	}

	@Test
	void aPausedScheduleComesNotAndItsMisfireDecidesWhenItIsResumed() {
		this.world.schedules.upsert(RecurringWorld.every("one", Duration.ofMinutes(1)));
		this.world.schedules.upsert(RecurringWorld.every("all", Duration.ofMinutes(1))
			.with((o) -> o.withMisfire(Misfire.all(5, Duration.ofDays(1)))));
		ManualJobEngine engine = this.world.scene.engine();
		this.world.schedules.pause("one");
		this.world.schedules.pause("all");
		engine.advance(Duration.ofSeconds(630));
		int whilePaused = this.world.seen.size();

		this.world.schedules.resume("one");
		this.world.schedules.resume("all");
		engine.advance(Duration.ofSeconds(10));

		assertThat(whilePaused).isZero();
		assertThat(this.world.seen).hasSize(6);
		assertThat(this.world.jobsOf("one")).containsExactly(new Tick("one", this.world.start.plusSeconds(600)).id());
	}

	@Test
	void aTickWhoseQueueTakesNothingInComesWhenItDoesAgain() {
		this.world.schedules.upsert(RecurringWorld.cron("hourly", "0 * * * *"));
		ManualJobEngine engine = this.world.scene.engine();
		this.world.scene.store.control().pause(EngineScene.QUEUE, PauseMode.IN);
		engine.advance(Duration.ofMinutes(90));
		int whilePaused = this.world.seen.size();

		this.world.scene.store.control().resume(EngineScene.QUEUE);
		engine.advance(Duration.ofSeconds(2));

		assertThat(whilePaused).isZero();
		assertThat(this.world.seen).hasSize(1);
		assertThat(engine.health().problems()).isEmpty();
	}

	@Test
	void manySchedulesThatCannotMoveHideNoOther() {
		this.world.scene.store.control().pause(OTHER, PauseMode.IN);
		for (int i = 0; i < 450; i++) {
			this.world.schedules.upsert(ScheduleRequest.every("stuck-" + i, Duration.ofSeconds(30),
					RecurringWorld.job().with((o) -> o.queue("other"))));
		}
		this.world.schedules.upsert(RecurringWorld.every("fine", Duration.ofMinutes(1)));
		ManualJobEngine engine = this.world.scene.engine();

		engine.advance(Duration.ofMinutes(3).plusSeconds(10));

		assertThat(this.world.seen).hasSize(3);
	}

	@Test
	void aScheduleThatThisNodeCannotReadHoldsUpNoOther() {
		this.world.scene.store.schedules()
			.save(List.of(
					new Schedule("strange", "at full moon", "UTC", this.world.scene.job("tick", "x"), this.world.start),
					new Schedule("nowhere", "every 1s", "Europe/Atlantis", this.world.scene.job("tick", "x"),
							this.world.start)));
		this.world.schedules.upsert(RecurringWorld.every("fine", Duration.ofMinutes(1)));
		ManualJobEngine engine = this.world.scene.engine();

		engine.advance(Duration.ofMinutes(3));

		assertThat(this.world.seen).containsExactlyElementsOf(
				IntStream.rangeClosed(1, 3).mapToObj((i) -> this.world.start.plusSeconds(60L * i)).toList());
		assertThat(engine.health().problems()).isEmpty();
	}

	@Test
	void aTriggerThatIsChangedCountsAtOnce() {
		this.world.schedules.upsert(RecurringWorld.cron("daily", "0 12 * * *"));
		ManualJobEngine engine = this.world.scene.engine();
		engine.advance(HOUR);

		this.world.schedules.upsert(RecurringWorld.cron("daily", "30 1 * * *"));
		engine.advance(HOUR);

		assertThat(this.world.seen).containsExactly(this.world.start.plus(Duration.ofMinutes(90)));
	}

	@Test
	void aScheduleThatIsAddedAgainAsItWasKeepsItsNextTick() {
		this.world.schedules.upsert(RecurringWorld.cron("daily", "0 12 * * *"));
		this.world.scene.clock.advance(Duration.ofHours(13));

		this.world.schedules.upsert(RecurringWorld.cron("daily", "0  12 * * *"));
		this.world.scene.engine().runDueJobs();

		assertThat(this.world.seen).as("the tick at noon is not lost").hasSize(1);
	}

	@Test
	void aScheduleThatIsRemovedWhileItIsDueComesNot() {
		this.world.schedules.upsert(RecurringWorld.cron("daily", "0 12 * * *"));
		this.world.scene.clock.advance(Duration.ofHours(13));
		this.world.schedules.remove("daily");

		this.world.scene.engine().advance(HOUR);

		assertThat(this.world.seen).isEmpty();
	}

	@Test
	void aClockThatIsSetForwardMakesNoFlood() {
		this.world.schedules.upsert(RecurringWorld.every("busy", Duration.ofSeconds(1)));
		ManualJobEngine engine = this.world.scene.engine();
		engine.advance(Duration.ofSeconds(5));

		this.world.scene.clock.advance(Duration.ofDays(365));
		engine.runDueJobs();

		assertThat(this.world.seen).hasSize(6);
	}

	@Test
	void aStoreWithoutSchedulesIsLookedAtNowAndThen() {
		FailingStore.Plan plan = new FailingStore.Plan(-1, false);
		ManualJobEngine engine = new ManualJobEngine(FailingStore.of(this.world.scene.store, plan),
				this.world.scene.runner(), new JobEvents(List.of()), this.world.scene.settings(),
				this.world.scene.clock);

		engine.advance(Duration.ofSeconds(59));

		assertThat(plan.calls.stream().filter("due"::equals)).hasSize(6);
	}

	@Test
	void aScheduleThatAnotherProcessAddsIsNoticedSoon() {
		ManualJobEngine engine = this.world.scene.engine();
		engine.advance(Duration.ofSeconds(1));

		this.world.schedules.upsert(RecurringWorld.every("busy", Duration.ofSeconds(5)));
		engine.advance(Duration.ofSeconds(19));

		assertThat(this.world.seen).containsExactly(this.world.start.plusSeconds(10), this.world.start.plusSeconds(15),
				this.world.start.plusSeconds(20));
	}

}
