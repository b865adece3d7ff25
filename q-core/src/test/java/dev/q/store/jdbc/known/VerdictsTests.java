package dev.q.store.jdbc.known;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.NewJob;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.testing.VirtualClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictsTests {

	private static final QueueName QUEUE = QueueName.DEFAULT;

	private static final JobSpec SPEC = JobSpec.of(QUEUE, new TypeName("test"), Payload.json(new byte[] { '1' }));

	private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));

	private final Verdicts verdicts = new Verdicts(this.clock);

	private int count;

	@BeforeEach
	void findTheQueueFull() {
		this.verdicts.note(group(10, newJob()), new InsertAnswer.Full(10, 9));
		this.clock.advance(Duration.ofMillis(1));
	}

	@Test
	void newJobsAreRefusedForAMoment() {
		InsertGroup two = group(10, newJob(), newJob());

		assertThat(this.verdicts.of(two)).isEqualTo(new InsertAnswer.Full(10, 9));
		this.clock.advance(Duration.ofMillis(200));
		assertThat(this.verdicts.of(two)).isNull();
	}

	@Test
	void whatWouldFitIsForTheServer() {
		assertThat(this.verdicts.of(group(10, newJob()))).isNull();
		assertThat(this.verdicts.of(group(20, newJob(), newJob()))).isNull();
		assertThat(this.verdicts.of(group(0, newJob(), newJob()))).isNull();
	}

	@Test
	void jobsThatTheServerMayKnowAreForTheServer() {
		NewJob old = job(JobId.timeOrdered(this.clock.instant().minusMillis(1), 0, 1), SPEC);
		NewJob foreign = job(new JobId(UUID.fromString("ffffffff-ffff-7fff-bfff-ffffffffffff")), SPEC);
		NewJob unique = job(newJob().id(),
				SPEC.withUnique(new UniqueKey("key", UniqueKey.Scope.UNTIL_DONE, UniqueKey.Conflict.RETURN_EXISTING)));

		assertThat(this.verdicts.of(group(10, old, foreign, unique))).isNull();
	}

	@Test
	void whatMakesRoomEndsIt() {
		this.verdicts.madeRoom(QUEUE);

		assertThat(this.verdicts.of(group(10, newJob(), newJob()))).isNull();
	}

	private NewJob newJob() {
		this.count++;
		return job(JobId.timeOrdered(this.clock.instant(), 0, this.count), SPEC);
	}

	private static NewJob job(JobId id, JobSpec spec) {
		return new NewJob(id, spec, Due.NOW);
	}

	private static InsertGroup group(int limit, NewJob... jobs) {
		return new InsertGroup(QUEUE, List.of(jobs), limit);
	}

}
