package dev.q.client;

import java.time.Duration;
import java.time.Instant;

import dev.q.JobReceipt;
import dev.q.event.JobEvents;
import dev.q.job.Due;
import dev.q.job.Durability;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.NewJob;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.testing.VirtualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store that bears one write at a time, and callers who come back.
 */
class GroupCommitCompanyTests {

	/** A fifth of that is how long those who write next wait. */
	private static final Duration WRITE = Duration.ofMillis(5);

	private final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));

	private final RecordingStore store = new RecordingStore();

	private final JobIds ids = Client.ids();

	private final GroupCommit commit = new GroupCommit(
			new JobWriter(this.store::insert, JobReceipt.Status.STORED, new Announcements(JobEvents.NONE)), 1,
			this.clock);

	private final HeldWrite underWay = new HeldWrite();

	@AfterEach
	void end() {
		this.underWay.end();
	}

	@Test
	void theNextWriteWaitsForThoseWhoWereAnsweredJustNow() throws Exception {
		Caller first = write("a");
		Caller second = caller("b").awaitWaiting();
		Caller third = caller("c").awaitWaiting();

		endAfter(WRITE);
		first.awaitEnd();
		caller("d").awaitEnd();

		second.awaitEnd();
		third.awaitEnd();
		assertThat(this.store.types()).containsExactly("a", "b c d");
	}

	@Test
	void whoDoesNotComeBackIsWaitedForAFifthOfTheLastWrite() throws Exception {
		Caller first = write("a");
		Caller second = caller("b").awaitWaiting();

		endAfter(WRITE);
		first.awaitEnd();
		this.clock.advance(WRITE.dividedBy(5).minusNanos(1));
		assertThat(this.store.types()).containsExactly("a");
		this.clock.advance(Duration.ofNanos(1));

		second.awaitEnd();
		assertThat(this.store.types()).containsExactly("a", "b");
	}

	@Test
	void whoComesRightAfterASharedWriteWaitsForTheOthersToo() throws Exception {
		Caller first = write("a");
		Caller second = caller("b").awaitWaiting();
		this.store.answerNext(this::storedAfterAWhile);
		endAfter(WRITE);
		first.awaitEnd();
		caller("c").awaitEnd();
		second.awaitEnd();

		Caller third = caller("d");
		caller("e").awaitEnd();

		third.awaitEnd();
		assertThat(this.store.types().subList(0, 2)).containsExactly("a", "b c");
		assertThat(this.store.inserts().get(2)).hasSize(2);
	}

	@Test
	void afterAWriteThatHungForLongNobodyWaitsForLong() throws Exception {
		Caller first = write("a");
		Caller second = caller("b").awaitWaiting();

		endAfter(Duration.ofSeconds(30));
		first.awaitEnd();
		this.clock.advance(Duration.ofMillis(1));

		second.awaitEnd();
		assertThat(this.store.types()).containsExactly("a", "b");
	}

	@Test
	void whoIsAloneNeverWaits() throws Exception {
		Caller first = write("a");
		endAfter(WRITE);
		first.awaitEnd();

		caller("b").awaitEnd();
		caller("c").awaitEnd();

		assertThat(this.store.types()).containsExactly("a", "b", "c");
	}

	@Test
	void jobsOfAnotherDurabilityAreNotWaitedFor() throws Exception {
		Caller first = write("a");
		Caller second = caller("b").awaitWaiting();
		endAfter(WRITE);
		first.awaitEnd();

		caller("relaxed", Durability.RELAXED).awaitEnd();

		assertThat(this.store.types()).startsWith("a", "relaxed");
		this.clock.advance(WRITE);
		second.awaitEnd();
	}

	@Test
	void whoIsInterruptedWhileItWaitsForOthersLeavesTheWriteToThem() throws Exception {
		Caller first = write("a");
		Caller interrupted = caller("b").awaitWaiting();
		Caller third = caller("c").awaitWaiting();
		endAfter(WRITE);
		first.awaitEnd();

		interrupted.interrupt();

		interrupted.awaitEnd();
		assertThat(interrupted.keptInterrupt()).isTrue();
		this.clock.advance(WRITE);
		third.awaitEnd();
		assertThat(this.store.types()).containsExactlyInAnyOrder("a", "b", "c");
	}

	private InsertAnswer storedAfterAWhile(InsertGroup group) {
		this.clock.advance(WRITE);
		return RecordingStore.stored(group);
	}

	private Caller write(String type) throws InterruptedException {
		this.store.answerNext(this.underWay);
		Caller caller = caller(type);
		this.underWay.awaitBegun();
		return caller;
	}

	private void endAfter(Duration length) {
		this.clock.advance(length);
		this.underWay.end();
	}

	private Caller caller(String type) {
		return caller(type, Durability.STANDARD);
	}

	private Caller caller(String type, Durability durability) {
		Draft draft = draft(type, durability);
		return Caller.start(() -> {
			this.commit.insert(draft, new Answers());
			return null;
		});
	}

	private Draft draft(String type, Durability durability) {
		JobSpec plain = JobSpec.of(QueueName.DEFAULT, new TypeName(type), Payload.EMPTY);
		JobSpec spec = new JobSpec(plain.queue(), plain.type(), 1, plain.payload(), plain.priority(), plain.limits(),
				plain.delivery(), durability, null, null, plain.tags(), plain.headers());
		JobId id = this.ids.next();
		return new Draft(0, new NewJob(id, spec, Due.NOW), 0, null);
	}

}
