package dev.q.store.routing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;

import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.NewJob;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.job.WorkerId;
import dev.q.scene.ShakyStore;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.testing.VirtualClock;

/**
 * Two stores behind one, both of which can be away: the first holds all queues but those
 * of the second, "mail" and "bulk".
 */
final class Scene implements AutoCloseable {

	static final QueueName WORK = new QueueName("work");

	static final QueueName MAIL = new QueueName("mail");

	static final QueueName BULK = new QueueName("bulk");

	static final Duration LEASE = Duration.ofSeconds(30);

	static final WorkerId WORKER = new WorkerId("test");

	final VirtualClock clock = new VirtualClock(Instant.parse("2026-01-01T00:00:00Z"));

	final VirtualClock fastClock = new VirtualClock(Instant.parse("2026-01-01T01:00:00Z"));

	final ShakyStore first = shaky(this.clock);

	final ShakyStore second = shaky(this.fastClock);

	final RoutingJobStore stores;

	private long ids;

	/**
	 * Opens both.
	 * @param threads run what is asked of both
	 */
	Scene(Executor threads) {
		this(new Messengers(threads, Duration.ofSeconds(2)));
	}

	/**
	 * Opens both.
	 * @param messengers run what is asked of both
	 */
	Scene(Messengers messengers) {
		this.stores = new RoutingJobStore(this.first.store(),
				List.of(new StoreRoute("second", this.second.store(), List.of(MAIL, BULK))), this.clock, messengers);
	}

	static Scene onOneThread() {
		return new Scene(Runnable::run);
	}

	private static ShakyStore shaky(VirtualClock clock) {
		return new ShakyStore(new MemoryStore(MemorySettings.DEFAULT, clock, clock));
	}

	void pass(Duration span) {
		this.clock.advance(span);
		this.fastClock.advance(span);
	}

	JobId enqueue(QueueName queue) {
		return enqueue(queue, Due.NOW);
	}

	JobId enqueue(QueueName queue, Due due) {
		NewJob job = job(queue, due);
		this.stores.work().insert(List.of(InsertGroup.of(List.of(job))));
		return job.id();
	}

	NewJob job(QueueName queue, Due due) {
		return new NewJob(JobId.timeOrdered(this.clock.instant(), 0, ++this.ids), spec(queue), due);
	}

	static JobSpec spec(QueueName queue) {
		return JobSpec.of(queue, new TypeName("test"), Payload.EMPTY);
	}

	ClaimAnswer claim(int limit, QueueName... queues) {
		return this.stores.work().claim(new ClaimRequest(List.of(queues), limit, LEASE, WORKER));
	}

	List<JobId> claimIds(int limit, QueueName... queues) {
		return ids(claim(limit, queues).jobs());
	}

	static List<JobId> ids(List<ClaimedJob> jobs) {
		return jobs.stream().map((job) -> job.job().id()).toList();
	}

	@Override
	public void close() {
		this.stores.close();
	}

}
