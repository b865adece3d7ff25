package dev.q.client;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRejectedException;
import dev.q.JobRequest;
import dev.q.QueuePausedException;
import dev.q.TransactionMode;
import dev.q.UnsupportedJobOptionException;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.job.Durability;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey;
import dev.q.ports.SharedRandom;
import dev.q.scene.EngineScene;
import dev.q.schedule.Misfire;
import dev.q.schedule.Overlap;
import dev.q.schedule.ScheduleDetails;
import dev.q.schedule.ScheduleOptions;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Schedules;
import dev.q.store.PauseMode;
import dev.q.store.Schedule;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StoreSchedulesTests {

	private static final JobRequest JOB = JobRequest.of("report", "all").with((o) -> o.queue("work"));

	private final EngineScene scene = new EngineScene();

	private final AtomicInteger changes = new AtomicInteger();

	private final Instant start = this.scene.clock.instant();

	private final Schedules schedules = new JobTemplates(this.scene.store, HandlerRegistry.of(List.of()),
			JacksonPayloadCodec.standard(), ClientSettings.DEFAULT, new JobIds(this.scene.clock, new SharedRandom()),
			new JobEvents(List.of(this.scene.events::add)))
		.schedules(this.changes::incrementAndGet);

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void aScheduleStandsInTheStoreAsItWasAdded() {
		this.schedules.upsert(ScheduleRequest.cron("nightly", " 30  3 * * * ", JOB.with((o) -> o.priority(2)))
			.inZone(ZoneId.of("Europe/Berlin"))
			.with((o) -> o.withMisfire(Misfire.SKIP).withJitter(Duration.ofMinutes(5))));

		Schedule stored = this.scene.store.schedules().list().get(0);
		assertThat(stored.spec().priority()).isEqualTo(2);
		assertThat(stored.spec().unique()).isNull();
		assertThat(this.scene.decode(stored.spec().payload(), String.class)).isEqualTo("all");
		ScheduleDetails details = this.schedules.find("nightly").orElseThrow();
		assertThat(details).isEqualTo(new ScheduleDetails("nightly", "30 3 * * *", "Europe/Berlin",
				stored.spec().type(), new QueueName("work"),
				new ScheduleOptions(Misfire.SKIP, Overlap.ALLOW, Duration.ofMinutes(5), null),
				Instant.parse("2026-01-01T02:30:00Z"), false, null));
		assertThat(this.changes).hasValue(1);
	}

	@Test
	void aScheduleIsPutInThePlaceOfTheOneOfItsName() {
		this.schedules.upsert(ScheduleRequest.cron("nightly", "30 3 * * *", JOB));
		this.schedules.pause("nightly");

		this.schedules.upsert(ScheduleRequest.every("nightly", Duration.ofMinutes(10), JOB));

		ScheduleDetails details = this.schedules.list().get(0);
		assertThat(details.trigger()).isEqualTo("every PT10M");
		assertThat(details.nextAt()).isEqualTo(this.start.plusSeconds(600));
		assertThat(details.paused()).isTrue();
	}

	@Test
	void ofSeveralSchedulesNoneIsAddedIfOneCannotBe() {
		ScheduleRequest fine = ScheduleRequest.cron("fine", "@daily", JOB);
		ScheduleRequest odd = ScheduleRequest.cron("odd", "@daily", JOB.with((o) -> o.in(Duration.ofSeconds(1))));

		assertThatIllegalArgumentException().isThrownBy(() -> this.schedules.upsertAll(List.of(fine, odd)));

		assertThat(this.schedules.list()).isEmpty();
	}

	@Test
	void addingNothingDoesNothing() {
		this.schedules.upsertAll(List.of());

		assertThat(this.changes).hasValue(0);
	}

	static Stream<JobOptions> whatAJobCannotChoose() {
		return Stream.of(JobOptions.NONE.in(Duration.ofSeconds(1)), JobOptions.NONE.at(Instant.EPOCH),
				JobOptions.NONE.deadline(Instant.EPOCH), JobOptions.NONE.maxLength(3),
				JobOptions.NONE.durability(Durability.RELAXED), JobOptions.NONE.transaction(TransactionMode.NONE));
	}

	@ParameterizedTest
	@MethodSource("whatAJobCannotChoose")
	void whatAScheduleDecidesItsJobCannotChoose(JobOptions options) {
		ScheduleRequest request = ScheduleRequest.cron("nightly", "@daily", JOB.with((o) -> options));

		assertThatIllegalArgumentException().isThrownBy(() -> this.schedules.upsert(request))
			.withMessageContaining("Schedule nightly")
			.withMessageContaining("Leave that out");
		assertThatIllegalArgumentException().isThrownBy(() -> this.schedules.check(request));
	}

	@Test
	void aJobOfAScheduleHasNoIdOfItsOwn() {
		JobId id = JobId.of("01890a5d-ac96-774b-bcce-b302099a8057");

		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.schedules.upsert(ScheduleRequest.cron("nightly", "@daily", JOB.withId(id))))
			.withMessageContaining("Schedule nightly")
			.withMessageContaining(id.toString());
	}

	@Test
	void aPayloadThatIsTooLargeIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.schedules
				.upsert(ScheduleRequest.cron("nightly", "@daily", JobRequest.of("report", "x".repeat(300_000)))))
			.withMessageContaining("q.max-payload");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ALLOW")
	void anOverlapTakesThePlaceOfAUniqueKey(Overlap overlap) {
		ScheduleRequest request = ScheduleRequest
			.cron("nightly", "@daily", JOB.with((o) -> o.unique(UniqueKey.of("mine"))))
			.with((o) -> o.withOverlap(overlap));

		assertThatIllegalArgumentException().isThrownBy(() -> this.schedules.upsert(request))
			.withMessageContaining("overlap is " + overlap)
			.withMessageContaining("Leave one of them out");
	}

	@Test
	void whatIsToSkipHoldsAKeyOfItsSchedule() {
		this.schedules.upsert(ScheduleRequest.cron("nightly", "@daily", JOB).with((o) -> o.withOverlap(Overlap.SKIP)));

		assertThat(this.scene.store.schedules().list().get(0).spec().unique())
			.isEqualTo(UniqueKey.of("q.schedule:nightly"));
	}

	@Test
	void oneThatQueuesIsRefusedByAStoreThatCannotUpdateTheHolderOfAKey() {
		Schedules plain = new JobTemplates(new RecordingStore(), HandlerRegistry.of(List.of()),
				JacksonPayloadCodec.standard(), ClientSettings.DEFAULT, Client.ids(), JobEvents.NONE)
			.schedules(() -> {
			});

		assertThatExceptionOfType(UnsupportedJobOptionException.class)
			.isThrownBy(() -> plain
				.upsert(ScheduleRequest.cron("nightly", "@daily", JOB).with((o) -> o.withOverlap(Overlap.QUEUE_ONE))))
			.withMessageContaining("QUEUE_ONE of schedule nightly")
			.withMessageContaining("UNIQUE_UPDATES");
	}

	@Test
	void withQueueOneOneJobWaitsBehindTheOneThatRunsAndNeverDoTwoRun() {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger runs = new AtomicInteger();
		ManualJobEngine[] engine = new ManualJobEngine[1];
		this.scene.handle("report", (payload, context) -> {
			assertThat(running.incrementAndGet()).isOne();
			if (runs.incrementAndGet() == 1) {
				engine[0].advance(Duration.ofMinutes(5));
			}
			return running.decrementAndGet();
		});
		this.schedules.upsert(ScheduleRequest.every("busy", Duration.ofMinutes(1), JOB)
			.with((o) -> o.withOverlap(Overlap.QUEUE_ONE)));
		engine[0] = this.scene.engine();

		engine[0].advance(Duration.ofSeconds(61));

		assertThat(runs).hasValue(2);
	}

	@Test
	void aTriggeredJobComesAtOnceAndTheNextTickStays() {
		this.schedules.upsert(ScheduleRequest.cron("nightly", "@daily", JOB));
		ScheduleDetails before = this.schedules.list().get(0);

		JobReceipt receipt = this.schedules.trigger("nightly");

		assertThat(receipt.status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(job(receipt).state()).isEqualTo(JobState.READY);
		assertThat(this.schedules.list()).containsExactly(before);
	}

	@Test
	void aPausedScheduleMayBeTriggered() {
		this.schedules.upsert(ScheduleRequest.cron("nightly", "@daily", JOB));
		this.schedules.pause("nightly");

		assertThat(this.schedules.trigger("nightly").status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void whatIsToSkipIsNotTriggeredWhileAJobHasNotEnded() {
		this.schedules.upsert(ScheduleRequest.cron("nightly", "@daily", JOB).with((o) -> o.withOverlap(Overlap.SKIP)));
		JobReceipt first = this.schedules.trigger("nightly");

		JobReceipt second = this.schedules.trigger("nightly");

		assertThat(second).isEqualTo(new JobReceipt(first.id(), first.queue(), JobReceipt.Status.DUPLICATE));
	}

	@Test
	void aTriggerCancelsThePreviousJobAndIsCancelledByTheNextOne() {
		this.schedules.upsert(
				ScheduleRequest.cron("nightly", "@hourly", JOB).with((o) -> o.withOverlap(Overlap.CANCEL_PREVIOUS)));
		JobReceipt first = this.schedules.trigger("nightly");
		JobReceipt second = this.schedules.trigger("nightly");
		this.scene.store.control().pause(EngineScene.QUEUE, PauseMode.OUT);
		ManualJobEngine engine = this.scene.engine();
		JobState beforeTheTick = job(second).state();

		engine.advance(Duration.ofHours(1));

		assertThat(job(first).state()).isEqualTo(JobState.CANCELLED);
		assertThat(beforeTheTick).isEqualTo(JobState.READY);
		assertThat(job(second).state()).isEqualTo(JobState.CANCELLED);
		assertThat(this.scene.events.stream().filter(JobEvent.Cancelled.class::isInstance)).extracting(JobEvent::id)
			.containsExactly(first.id(), second.id());
	}

	@Test
	void aQueueThatTakesNothingInRefusesATrigger() {
		this.schedules.upsert(ScheduleRequest.cron("nightly", "@daily", JOB));
		this.schedules.upsert(
				ScheduleRequest.cron("cancelling", "@daily", JOB).with((o) -> o.withOverlap(Overlap.CANCEL_PREVIOUS)));
		this.scene.store.control().pause(EngineScene.QUEUE, PauseMode.IN);

		assertThatExceptionOfType(QueuePausedException.class).isThrownBy(() -> this.schedules.trigger("nightly"));
		assertThatExceptionOfType(JobRejectedException.class).isThrownBy(() -> this.schedules.trigger("cancelling"))
			.withMessageContaining("cancelling")
			.withMessageContaining("work");
	}

	@Test
	void whatIsNotThereIsSaidToBeSo() {
		assertThat(this.schedules.remove("nobody")).isFalse();
		assertThat(this.schedules.pause("nobody")).isFalse();
		assertThat(this.schedules.resume("nobody")).isFalse();
		assertThat(this.schedules.find("nobody")).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> this.schedules.trigger("nobody"))
			.withMessageContaining("'nobody'");
		assertThatIllegalArgumentException().isThrownBy(() -> this.schedules.preview("nobody", 1))
			.withMessageContaining("'nobody'");
	}

	@Test
	void aPreviewShowsTheNextTicks() {
		this.schedules.upsert(ScheduleRequest.cron("nightly", "0 3 * * *", JOB));

		assertThat(this.schedules.preview("nightly", 2)).containsExactly(Instant.parse("2026-01-01T03:00:00Z"),
				Instant.parse("2026-01-02T03:00:00Z"));
		this.scene.clock.advance(Duration.ofHours(27));
		assertThat(this.schedules.preview("nightly", 1)).as("that is due now")
			.containsExactly(Instant.parse("2026-01-02T03:00:00Z"));
	}

	private JobDetails job(JobReceipt receipt) {
		return this.scene.find(receipt.id());
	}

}
