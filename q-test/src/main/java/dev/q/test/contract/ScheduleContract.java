package dev.q.test.contract;

import java.time.Instant;
import java.util.List;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.NewJob;
import dev.q.store.PauseMode;
import dev.q.store.Schedule;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Jobs that come again.
 *
 * @since 0.1
 */
public abstract class ScheduleContract extends ScheduleTheme {

	@Test
	void schedulesAreListedByName() {
		Schedule weekly = schedule("weekly");
		Schedule daily = schedule("daily");
		schedules().save(List.of(weekly, daily));

		assertThat(schedules().list()).containsExactly(daily, weekly);
		assertThat(secondNode().schedules().list()).containsExactly(daily, weekly);
	}

	@Test
	void aNewStoreHasNoSchedules() {
		assertThat(schedules().list()).isEmpty();
		assertThat(due(10)).isEmpty();
	}

	@Test
	void aScheduleIsDueAtItsTimeAndNotBefore() {
		Schedule daily = schedule("daily");
		schedules().save(List.of(daily));

		pass(minutes(10).minus(TICK));
		assertThat(due(10)).isEmpty();
		pass(TICK);
		assertThat(due(10)).containsExactly(daily);
	}

	@Test
	void whatIsDueLongestComesFirst() {
		Schedule later = schedule("a", now().plusSeconds(3));
		Schedule earlier = schedule("b", now().plusSeconds(1));
		Schedule middle = schedule("c", now().plusSeconds(2));
		schedules().save(List.of(later, earlier, middle, schedule("d", now().plusSeconds(99))));
		pass(seconds(10));

		assertThat(due(10)).containsExactly(earlier, middle, later);
		assertThat(due(2)).containsExactly(earlier, middle);
	}

	@Test
	void aScheduleWithItsTriggerAsItWasKeepsItsNextTime() {
		Schedule before = schedule("daily");
		schedules().save(List.of(before));
		Schedule after = new Schedule("daily", before.trigger(), before.zone(), aJob().withPriority(1).spec(),
				now().plusSeconds(1));

		schedules().save(List.of(after));

		assertThat(schedules().list()).containsExactly(movedTo(after, before.nextAt()));
	}

	@Test
	void aScheduleThatIsMovedToAnotherQueueLeavesTheOldOne() {
		Schedule before = schedule("daily");
		schedules().save(List.of(before));
		Schedule after = movedTo(in(MAIL, before), now());

		schedules().save(List.of(after));

		assertThat(schedules().list()).containsExactly(movedTo(after, before.nextAt()));
	}

	@Test
	void ofOneScheduleThatIsSavedTwiceInACallTheLastOneCounts() {
		Schedule first = new Schedule("daily", "every 5m", "UTC", aJob().spec(), now());
		Schedule last = in(MAIL, schedule("daily"));

		schedules().save(List.of(first, last));

		assertThat(schedules().list()).containsExactly(last);
	}

	@Test
	void aScheduleWithAnotherTriggerOrZoneGetsANewTime() {
		Schedule before = schedule("daily");
		for (Schedule after : List.of(
				new Schedule("daily", "every 5m", before.zone(), before.spec(), now().plusSeconds(1)),
				new Schedule("daily", before.trigger(), "Europe/Berlin", before.spec(), now().plusSeconds(1)))) {
			schedules().save(List.of(before));
			schedules().save(List.of(after));

			assertThat(schedules().list()).containsExactly(after);
			schedules().remove("daily");
		}
	}

	@Test
	void firingStoresTheJobAndMovesTheScheduleOn() {
		Schedule due = due();
		NewJob tick = aJob().toNewJob();
		Instant next = now().plus(minutes(10));

		assertThat(schedules().fire(due, next, tick)).isTrue();

		assertThat(state(tick.id())).isEqualTo(JobState.READY);
		assertThat(schedules().list()).containsExactly(due.movedTo(next, tick.id()));
		assertThat(due(10)).isEmpty();
	}

	@Test
	void aTickIsFiredOnce() {
		Schedule due = due();
		JobDraft first = aJob();
		JobDraft second = aJob();
		Instant next = now().plus(minutes(10));

		assertThat(schedules().fire(due, next, first.toNewJob())).isTrue();
		assertThat(secondNode().schedules().fire(due, next, second.toNewJob())).isFalse();

		assertThat(isKnown(second.id())).isFalse();
		assertThat(schedules().list()).containsExactly(due.movedTo(next, first.id()));
	}

	@Test
	void aScheduleThatChangedMeanwhileIsNotFired() {
		Schedule due = due();
		Schedule changed = new Schedule(due.name(), "every 5m", due.zone(), due.spec(), now().plusSeconds(300));
		schedules().save(List.of(changed));
		JobDraft tick = aJob();

		assertThat(schedules().fire(due, now().plusSeconds(600), tick.toNewJob())).isFalse();
		assertThat(isKnown(tick.id())).isFalse();
		assertThat(schedules().list()).containsExactly(changed);
	}

	@Test
	void aScheduleThatWasRemovedMeanwhileIsNotFired() {
		Schedule due = due();
		schedules().remove(due.name());
		JobDraft tick = aJob();

		assertThat(schedules().fire(due, now().plusSeconds(600), tick.toNewJob())).isFalse();
		assertThat(isKnown(tick.id())).isFalse();
		assertThat(schedules().list()).isEmpty();
	}

	@Test
	void aTickWhoseJobIsThereAlreadyMovesTheScheduleOn() {
		Schedule due = due();
		JobDraft tick = aJob();
		insert(tick);

		assertThat(schedules().fire(due, now().plusSeconds(600), tick.toNewJob())).isTrue();
		assertThat(due(10)).isEmpty();
		assertThat(stats(DEFAULT).waiting()).isOne();
	}

	@Test
	void aTickWhoseKeyIsHeldStoresNothingAndMovesTheScheduleOn() {
		Schedule due = due();
		insert(aJob().uniqueBy("one at a time"));
		JobDraft tick = aJob().uniqueBy("one at a time");

		assertThat(schedules().fire(due, now().plusSeconds(600), tick.toNewJob())).isTrue();
		assertThat(isKnown(tick.id())).isFalse();
		assertThat(due(10)).isEmpty();
	}

	@Test
	void aTickOfAQueueThatTakesNothingInStaysDue() {
		Schedule due = due();
		store().control().pause(DEFAULT, PauseMode.IN);
		JobDraft tick = aJob();

		assertThat(schedules().fire(due, now().plusSeconds(600), tick.toNewJob())).isFalse();
		assertThat(isKnown(tick.id())).isFalse();
		assertThat(due(10)).containsExactly(due);

		store().control().resume(DEFAULT);
		assertThat(schedules().fire(due, now().plusSeconds(600), tick.toNewJob())).isTrue();
	}

	@Test
	void manyTicksInARowAreFiredEachOnce() {
		schedules().save(List.of(schedule("busy", now())));
		for (int i = 0; i < 20; i++) {
			Schedule due = due(1).get(0);
			assertThat(schedules().fire(due, due.nextAt().plusSeconds(1), aJob().toNewJob())).isTrue();
			assertThat(due(1)).isEmpty();
			pass(seconds(1));
		}

		assertThat(stats(DEFAULT).waiting()).isEqualTo(20);
	}

	@Test
	void aRemovedScheduleIsGoneAndItsJobsAreNot() {
		Schedule due = due();
		JobDraft tick = aJob();
		schedules().fire(due, now().plusSeconds(600), tick.toNewJob());

		assertThat(schedules().remove(due.name())).isTrue();
		assertThat(schedules().remove(due.name())).isFalse();
		assertThat(schedules().list()).isEmpty();
		assertThat(isKnown(tick.id())).isTrue();
	}

	@Test
	void savingNothingIsHarmless() {
		schedules().save(List.of());

		assertThat(schedules().list()).isEmpty();
	}

	@Test
	void aScheduleKeepsTheWholeSpecOfItsJob() {
		JobDraft template = aJob().in(MAIL).withPriority(2).leasedFor(minutes(5)).uniqueBy("key");
		Schedule schedule = new Schedule("whole", "0 0 * * *", "America/New_York", template.spec(), now());
		schedules().save(List.of(schedule));

		assertThat(due(1)).containsExactly(schedule);
		JobId id = template.id();
		schedules().fire(schedule, now().plusSeconds(60), template.toNewJob());
		assertThat(job(id).spec()).isEqualTo(template.spec());
	}

	private static Schedule movedTo(Schedule schedule, Instant nextAt) {
		return new Schedule(schedule.name(), schedule.trigger(), schedule.zone(), schedule.spec(), nextAt);
	}

}
