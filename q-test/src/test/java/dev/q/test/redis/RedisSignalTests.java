package dev.q.test.redis;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.InsertGroup;
import dev.q.store.StoreException;
import dev.q.store.StoreListener;
import dev.q.store.redis.RedisSettings;
import dev.q.store.redis.RedisStore;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import dev.q.test.server.Patience;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Signals while connections come and go.
 */
@Timeout(60)
class RedisSignalTests {

	private static final String CHANNEL = "signals:worker:full";

	private final BlockingQueue<QueueName> heard = new LinkedBlockingQueue<>();

	private final Semaphore looks = new Semaphore(0);

	private RedisProcess server;

	private RedisStore store;

	@BeforeEach
	void start() {
		this.server = RedisServers.start("appendonly yes");
		this.store = new RedisStore(new RedisSettings("signals", Duration.ofSeconds(5), false),
				RedisTarget.standalone(this.server.server()).connections());
		this.store.work().subscribe(new WorkerId("full"), new Hearing());
	}

	@AfterEach
	void stop() {
		this.store.close();
		this.server.close();
	}

	/** It is heard on a thread that answers come in on, which nothing may hold up. */
	@Test
	void aSignalThatNobodyCanTakeMakesNoConnection() throws InterruptedException {
		this.server.command("REPLICAOF", "127.0.0.1", "1");
		assertThatExceptionOfType(StoreException.class).isThrownBy(this::insert).withMessageContaining("replica");

		this.server.command("REPLICAOF", "NO", "ONE");
		this.server.command("PUBLISH", CHANNEL, "ready one");
		this.server.command("PUBLISH", CHANNEL, "ready two");

		assertThat(next()).isEqualTo(new QueueName("one"));
		assertThat(next()).isEqualTo(new QueueName("two"));
		// The server may not have noticed yet that those before were closed.
		Patience.until("that for channels and that of this question are all", Duration.ofSeconds(20),
				() -> this.server.server().info("clients").get("connected_clients").equals("2"));
	}

	@Test
	void aWorkerIsToldAgainWhenTheServerIsBack() throws InterruptedException {
		this.server.kill();
		this.server.restart();

		boolean isBack = false;
		while (!isBack) {
			isBack = canClaim() && List.of(CHANNEL, 1L).equals(this.server.command("PUBSUB", "NUMSUB", CHANNEL));
		}
		insert();

		assertThat(next()).isEqualTo(QueueName.DEFAULT);
	}

	@Test
	void whoHearsAgainIsToldToLookAnew() throws InterruptedException {
		this.server.kill();
		this.looks.drainPermits();
		this.server.restart();

		assertThat(this.looks.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
	}

	/** Asks for jobs, in vain: who does so waits for the next one. */
	private boolean canClaim() {
		try {
			assertThat(HandWorker.of(this.store, "full").claim(1)).isEmpty();
			return true;
		}
		catch (StoreException ex) {
			assertThat(ex).hasMessageStartingWith("Redis");
			return false;
		}
	}

	private void insert() {
		this.store.work().insert(List.of(InsertGroup.of(List.of(JobDraft.aJob().toNewJob()))));
	}

	private QueueName next() throws InterruptedException {
		return this.heard.poll(20, TimeUnit.SECONDS);
	}

	/** Has no room for any job. */
	private final class Hearing implements StoreListener {

		@Override
		public boolean jobsReady(QueueName queue) {
			RedisSignalTests.this.heard.add(queue);
			return false;
		}

		@Override
		public void lookAnew() {
			RedisSignalTests.this.looks.release();
		}

		@Override
		public void leaseRevoked(JobId job) {
			throw new AssertionError("No lease was taken from anybody, but that of " + job);
		}

	}

}
