package dev.q.test.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.q.job.Due;
import dev.q.job.JobState;
import dev.q.schedule.Misfire;
import dev.q.schedule.Overlap;
import dev.q.schedule.ScheduleOptions;
import dev.q.store.PauseMode;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of jobs that come again: their options, their pauses, and ticks that are
 * passed over or fired out of turn.
 *
 * @since 0.1
 */
public abstract class ScheduleStateContract extends ScheduleTheme {

	@Test
	void aLookTellsTheTimeOfTheStoreAndWhenTheNextScheduleIsDue() {
		assertThat(schedules().due(10)).isEqualTo(new ScheduleStore.Timetable(List.of(), now(), null));
		Schedule first = schedule("first", now().plusSeconds(5));
		schedules().save(List.of(first, schedule("second", now().plusSeconds(7))));

		ScheduleStore.Timetable before = schedules().due(10);
		pass(seconds(5));
		ScheduleStore.Timetable after = schedules().due(10);

		assertThat(before.untilNext()).contains(seconds(5));
		assertThat(after.due()).containsExactly(first);
		assertThat(after.storeTime()).isEqualTo(now());
		assertThat(after.untilNext()).contains(seconds(2));
	}

	@Test
	void aLookOfAFewStillTellsWhenThoseThatAreNotDueAre() {
		schedules()
			.save(List.of(schedule("a", now()), schedule("b", now()), in(MAIL, schedule("c", now().plusSeconds(9)))));
		pass(seconds(1));

		assertThat(schedules().due(1).due()).hasSize(1);
		assertThat(schedules().due(1).untilNext()).contains(seconds(8));
	}

	@Test
	void aScheduleKeepsItsOptions() {
		ScheduleOptions options = ScheduleOptions.DEFAULT.withMisfire(Misfire.all(7, hours(3)))
			.withOverlap(Overlap.CANCEL_PREVIOUS)
			.withJitter(Duration.ofMillis(1500))
			.withOwner("Acme = \u00e9 %s");
		Schedule schedule = schedule("daily", now()).withOptions(options);
		schedules().save(List.of(schedule));

		assertThat(schedules().list()).containsExactly(schedule);
		assertThat(due(1)).containsExactly(schedule);
		assertThat(schedules().fire(schedule, now().plusSeconds(60), aJob().toNewJob())).isTrue();
	}

	@Test
	void aTickThatIsPassedOverMovesTheScheduleOnWithoutAJob() {
		Schedule due = due();
		Instant next = now().plus(minutes(10));

		assertThat(schedules().skip(due, next)).isTrue();
		assertThat(secondNode().schedules().skip(due, next)).isFalse();

		assertThat(schedules().list()).containsExactly(due.movedTo(next, null));
		assertThat(all()).isEmpty();
	}

	@Test
	void aTickOfAQueueThatTakesNothingInMayBePassedOver() {
		Schedule due = due();
		store().control().pause(DEFAULT, PauseMode.ALL);

		assertThat(schedules().skip(due, now().plus(minutes(10)))).isTrue();
	}

	@Test
	void aPausedScheduleIsNeverDueAndIsNotFired() {
		Schedule due = due();

		assertThat(schedules().pause(due.name())).isTrue();

		assertThat(schedules().due(10)).isEqualTo(new ScheduleStore.Timetable(List.of(), now(), null));
		assertThat(schedules().fire(due, now().plusSeconds(60), aJob().toNewJob())).isFalse();
		assertThat(schedules().skip(due, now().plusSeconds(60))).isFalse();
		assertThat(schedules().list()).containsExactly(due.halted());
		assertThat(all()).isEmpty();
	}

	@Test
	void aScheduleThatIsResumedGoesOnFromWhereItStood() {
		Schedule due = due();
		schedules().pause(due.name());
		pass(hours(5));

		assertThat(secondNode().schedules().resume(due.name())).isTrue();

		assertThat(due(10)).containsExactly(due);
		assertThat(schedules().fire(due, now().plusSeconds(60), aJob().toNewJob())).isTrue();
	}

	@Test
	void pausingAndResumingTwiceIsHarmless() {
		Schedule due = due();

		assertThat(schedules().resume(due.name())).isTrue();
		assertThat(schedules().pause(due.name())).isTrue();
		assertThat(schedules().pause(due.name())).isTrue();
		assertThat(schedules().list()).containsExactly(due.halted());
		assertThat(schedules().resume(due.name())).isTrue();
		assertThat(schedules().resume(due.name())).isTrue();
		assertThat(schedules().list()).containsExactly(due);
	}

	@Test
	void aScheduleThatIsNotThereCannotBePausedOrResumed() {
		assertThat(schedules().pause("nobody")).isFalse();
		assertThat(schedules().resume("nobody")).isFalse();
	}

	@Test
	void aScheduleThatIsSavedAgainStaysPausedAndRemembersItsLastJob() {
		Schedule due = due();
		JobDraft tick = aJob();
		schedules().fire(due, now().plusSeconds(60), tick.toNewJob());
		schedules().pause(due.name());
		Schedule fresh = new Schedule(due.name(), "every 5m", "UTC", aJob().withPriority(1).spec(),
				now().plusSeconds(7));

		schedules().save(List.of(fresh));

		assertThat(schedules().list()).containsExactly(fresh.movedTo(fresh.nextAt(), tick.id()).halted());
		schedules().resume(due.name());
		pass(seconds(7));
		assertThat(due(1)).containsExactly(fresh.movedTo(fresh.nextAt(), tick.id()));
	}

	@Test
	void aScheduleThatIsMovedToAnotherQueueStaysPausedAndRemembersItsLastJob() {
		Schedule due = due();
		JobDraft tick = aJob();
		schedules().fire(due, now().plusSeconds(60), tick.toNewJob());
		schedules().pause(due.name());
		Schedule fresh = in(MAIL, due);

		schedules().save(List.of(fresh));

		assertThat(schedules().list())
			.containsExactly(fresh.inPlaceOf(due.movedTo(now().plusSeconds(60), tick.id()).halted()));
	}

	@Test
	void aScheduleThatWasRemovedStartsAnew() {
		Schedule due = due();
		schedules().fire(due, now().plusSeconds(60), aJob().toNewJob());
		schedules().pause(due.name());
		schedules().remove(due.name());
		Schedule fresh = schedule("daily");

		schedules().save(List.of(fresh));

		assertThat(schedules().list()).containsExactly(fresh);
	}

	@Test
	void aScheduleMayBeFiredOutOfTurnAndStaysWhereItStands() {
		Schedule waiting = schedule("daily");
		schedules().save(List.of(waiting));
		JobDraft extra = aJob();

		assertThat(schedules().fire(waiting, waiting.nextAt(), extra.toNewJob())).isTrue();
		assertThat(schedules().fire(waiting, waiting.nextAt(), aJob().toNewJob())).as("it has another last job")
			.isFalse();

		assertThat(schedules().list()).containsExactly(waiting.movedTo(waiting.nextAt(), extra.id()));
		assertThat(all()).hasSize(1);
	}

	@Test
	void aPausedScheduleMayBeFiredOutOfTurnToo() {
		Schedule paused = schedule("daily").halted();
		schedules().save(List.of(paused));
		JobDraft extra = aJob();

		assertThat(schedules().fire(paused, paused.nextAt(), extra.toNewJob())).isTrue();

		assertThat(schedules().list()).containsExactly(paused.movedTo(paused.nextAt(), extra.id()));
	}

	@Test
	void aScheduleWithOtherOptionsIsNotFiredAsItWas() {
		Schedule due = due();
		schedules().save(List.of(due.withOptions(ScheduleOptions.DEFAULT.withOverlap(Overlap.SKIP))));

		assertThat(schedules().fire(due, now().plusSeconds(60), aJob().toNewJob())).isFalse();
		assertThat(schedules().skip(due, now().plusSeconds(60))).isFalse();
	}

	@Test
	void aTickWhoseJobIsDelayedBecomesReadyInTime() {
		Schedule due = due();
		JobDraft tick = aJob().due(Due.at(now().plusSeconds(3)));

		schedules().fire(due, now().plusSeconds(600), tick.toNewJob());

		assertThat(state(tick.id())).isEqualTo(JobState.SCHEDULED);
		pass(seconds(3));
		assertThat(worker().claimOne().job().id()).isEqualTo(tick.id());
	}

}
