package dev.q.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.job.DeadReason;
import dev.q.job.DeliveryMode;
import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.NewJob;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.job.WorkerId;
import dev.q.store.ClaimRequest;
import dev.q.store.InsertGroup;
import dev.q.store.Retention;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.testing.VirtualClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HousekeepingTests {

	private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));

	private final MemoryStore store = new MemoryStore(MemorySettings.DEFAULT, this.clock, this.clock);

	private final List<JobEvent> events = new ArrayList<>();

	private final Housekeeping housekeeping = new Housekeeping(this.store.maintenance(), Retention.DEFAULT,
			new JobEvents(List.of(this.events::add)));

	private int sequence;

	@Test
	void aRoundDoesWhatIsDueAndCountsIt() {
		insert(JobLimits.DEFAULT, Due.NOW);
		insert(JobLimits.DEFAULT, Due.in(Duration.ofSeconds(20)));
		insert(JobLimits.DEFAULT.expiring(Duration.ofSeconds(10), null), Due.in(Duration.ofSeconds(5)));
		claim();
		this.clock.advance(Duration.ofSeconds(31));

		HousekeepingCounts counts = this.housekeeping.run();

		assertThat(counts.recovered()).isEqualTo(1);
		assertThat(counts.promoted() + counts.expired()).isGreaterThanOrEqualTo(2);
		assertThat(counts.more()).isFalse();
		assertThat(this.events).hasAtLeastOneElementOfType(JobEvent.Recovered.class)
			.hasAtLeastOneElementOfType(JobEvent.Expired.class);
	}

	@Test
	void aJobThatCrashesOnceTooOftenIsReportedDead() {
		insert(JobLimits.DEFAULT.withMaxCrashes(1), Due.NOW);
		claim();
		this.clock.advance(Duration.ofSeconds(31));

		this.housekeeping.run();

		assertThat(this.events).singleElement()
			.isInstanceOfSatisfying(JobEvent.Died.class, (died) -> assertThat(died.took()).isNull());
	}

	@Test
	void aJobThatMayNotStartTwiceIsReportedLost() {
		insert(spec(JobLimits.DEFAULT).withDelivery(DeliveryMode.AT_MOST_ONCE), Due.NOW);
		claim();
		this.clock.advance(Duration.ofSeconds(31));

		this.housekeeping.run();

		assertThat(this.events).singleElement()
			.isInstanceOfSatisfying(JobEvent.Died.class,
					(died) -> assertThat(died.reason()).isEqualTo(DeadReason.LOST));
	}

	@Test
	void aFullPageMeansThatThereMayBeMore() {
		for (int i = 0; i < Housekeeping.PAGE; i++) {
			insert(JobLimits.DEFAULT, Due.in(Duration.ofSeconds(1)));
		}
		this.clock.advance(Duration.ofSeconds(1));

		HousekeepingCounts first = this.housekeeping.run();
		HousekeepingCounts second = this.housekeeping.run();

		assertThat(first).isEqualTo(new HousekeepingCounts(Housekeeping.PAGE, 0, 0, 0, true));
		assertThat(second).isEqualTo(new HousekeepingCounts(0, 0, 0, 0, false));
	}

	private static JobSpec spec(JobLimits limits) {
		return JobSpec.of(QueueName.DEFAULT, new TypeName("t"), Payload.EMPTY).withLimits(limits);
	}

	private void insert(JobLimits limits, Due due) {
		insert(spec(limits), due);
	}

	private void insert(JobSpec spec, Due due) {
		JobId id = JobId.timeOrdered(this.clock.instant(), 0, ++this.sequence);
		this.store.work().insert(List.of(InsertGroup.of(List.of(new NewJob(id, spec, due)))));
	}

	private void claim() {
		this.store.work()
			.claim(new ClaimRequest(List.of(QueueName.DEFAULT), 1, Duration.ofSeconds(30), new WorkerId("w")));
	}

}
