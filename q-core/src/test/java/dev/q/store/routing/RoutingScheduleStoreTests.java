package dev.q.store.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.q.job.Due;
import dev.q.job.NewJob;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Schedules of two stores whose clocks differ by an hour, of which one may be away.
 */
class RoutingScheduleStoreTests {

	private static final Duration PAUSE = Duration.ofSeconds(2);

	private final Scene scene = Scene.onOneThread();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void aScheduleThatMovedWhileItsOldStoreWasAwayComesOnce() {
		Schedule before = new Schedule("daily", "every 10m", "UTC", Scene.spec(Scene.MAIL), this.scene.clock.instant());
		this.scene.stores.schedules().save(List.of(before));
		this.scene.second.goAway();

		Schedule after = new Schedule("daily", "every 10m", "UTC", Scene.spec(Scene.WORK), this.scene.clock.instant());
		this.scene.stores.schedules().save(List.of(after));
		this.scene.second.comeBack();
		this.scene.pass(PAUSE);

		assertThat(this.scene.stores.schedules().due(10).due()).containsExactly(after);
		assertThat(this.scene.second.store().schedules().list()).isEmpty();
	}

	@Test
	void whatHasBecomeOfAScheduleGoesWithItToAnotherStore() {
		ScheduleStore schedules = this.scene.stores.schedules();
		Instant start = this.scene.clock.instant();
		schedules.save(List.of(new Schedule("daily", "every 10m", "UTC", Scene.spec(Scene.MAIL), start)));
		NewJob job = this.scene.job(Scene.MAIL, Due.NOW);
		assertThat(schedules.fire(schedules.list().get(0), start.plusSeconds(600), job)).isTrue();
		assertThat(schedules.pause("daily")).isTrue();

		schedules.save(List.of(new Schedule("daily", "every 1h", "UTC", Scene.spec(Scene.WORK), start.plusSeconds(9))));

		Schedule moved = this.scene.first.store().schedules().list().get(0);
		assertThat(moved.paused()).isTrue();
		assertThat(moved.lastJob()).isEqualTo(job.id());
		assertThat(moved.nextAt()).isEqualTo(start.plusSeconds(9));
		assertThat(this.scene.second.store().schedules().list()).isEmpty();
		assertThat(schedules.resume("daily")).isTrue();
		assertThat(schedules.list()).containsExactly(moved.resumed());
	}

	@Test
	void theNextTickIsTheOneThatIsDueSoonestByTheClockOfItsStore() {
		ScheduleStore schedules = this.scene.stores.schedules();
		schedules.save(List.of(
				new Schedule("slow", "every 10m", "UTC", Scene.spec(Scene.WORK),
						this.scene.clock.instant().plusSeconds(20)),
				new Schedule("fast", "every 10m", "UTC", Scene.spec(Scene.MAIL),
						this.scene.fastClock.instant().plusSeconds(7))));

		ScheduleStore.Timetable before = schedules.due(10);
		this.scene.pass(Duration.ofSeconds(7));
		ScheduleStore.Timetable after = schedules.due(10);

		assertThat(before.due()).isEmpty();
		assertThat(before.untilNext()).contains(Duration.ofSeconds(7));
		assertThat(after.due()).extracting(Schedule::name).containsExactly("fast");
		assertThat(after.untilNext()).contains(Duration.ofSeconds(13));
		assertThat(after.storeTime()).isEqualTo(this.scene.clock.instant());
	}

	@Test
	void ticksOfAStoreThatAnswersComeWhileAnotherIsAwayWhichIsAskedAgainSoon() {
		ScheduleStore schedules = this.scene.stores.schedules();
		Instant start = this.scene.clock.instant();
		schedules.save(List.of(new Schedule("here", "every 10m", "UTC", Scene.spec(Scene.WORK), start),
				new Schedule("there", "every 10m", "UTC", Scene.spec(Scene.MAIL), start)));
		this.scene.second.goAway();

		ScheduleStore.Timetable during = schedules.due(10);
		boolean skipped = schedules.skip(during.due().get(0), start.plusSeconds(600));
		this.scene.second.comeBack();
		this.scene.pass(PAUSE);

		assertThat(during.due()).extracting(Schedule::name).containsExactly("here");
		assertThat(during.untilNext()).contains(PAUSE);
		assertThat(skipped).isTrue();
		assertThat(schedules.due(10).due()).extracting(Schedule::name).containsExactly("there");
	}

}
