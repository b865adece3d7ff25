package dev.q.test.redis;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.ClaimAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.Schedule;
import dev.q.store.WorkerInfo;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import dev.q.test.contract.StoreFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that go in pieces: none is too much for one script or one answer, and they keep
 * their order.
 */
class RedisPieceTests {

	private StoreFixture fixture;

	@BeforeEach
	void open() {
		this.fixture = new RedisStoreFixture(RedisTarget.shared());
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void aClaimBringsAFewMegabytesAndSaysThatThereIsMore() {
		insert(Stream.generate(() -> JobDraft.aJob().carrying(Payload.octets(new byte[256 * 1024])))
			.limit(60)
			.toList());
		insert(Stream.generate(() -> JobDraft.aJob().withPriority(9)).limit(900).toList());
		HandWorker worker = HandWorker.of(store(), "worker-1");

		ClaimAnswer first = worker.ask(1000);

		assertThat(first.jobs()).hasSize(32);
		assertThat(first.untilNextDue(Duration.ofMinutes(1))).isZero();
		assertThat(worker.claim(1000)).hasSize(28 + 900);
	}

	@Test
	void aClaimOfSmallJobsIsNotCutShort() {
		insert(Stream.generate(JobDraft::aJob).limit(1000).toList());

		assertThat(HandWorker.of(store(), "worker-1").claim(1000)).hasSize(1000);
	}

	@Test
	void aWorkerMayKnowMoreQueuesThanOneScriptCanTake() {
		List<Schedule> schedules = IntStream.range(0, 8200)
			.mapToObj((i) -> JobDraft.aJob().in(new QueueName("queue-" + i)))
			.map((job) -> new Schedule(job.spec().queue().value(), "never", "UTC", job.spec(), this.fixture.now()))
			.toList();
		store().schedules().save(schedules);
		WorkerInfo info = new WorkerInfo(new WorkerId("me"), "host", this.fixture.now(), WorkerInfo.State.RUNNING,
				List.of(), Set.of(), 1, 0);

		store().cluster().announce(info, Duration.ofMinutes(1));

		assertThat(store().cluster().workers()).containsExactly(info);
	}

	@Test
	void groupsOfOneCallKeepTheirOrderThoughTheServerDoesNotKnowTheScript() {
		for (int i = 0; i < 200; i++) {
			this.fixture.advance(Duration.ofMillis(1)); // makes new scripts
			List<JobDraft> drafts = Stream.generate(JobDraft::aJob).limit(20).toList();

			store().work().insert(drafts.stream().map((draft) -> InsertGroup.of(List.of(draft.toNewJob()))).toList());

			assertThat(HandWorker.of(store(), "worker-1").claimIds(20)).as("round %d", i)
				.containsExactlyElementsOf(drafts.stream().map(JobDraft::id).toList());
		}
	}

	private JobStore store() {
		return this.fixture.store();
	}

	private void insert(List<JobDraft> drafts) {
		store().work().insert(List.of(InsertGroup.of(drafts.stream().map(JobDraft::toNewJob).toList())));
	}

}
