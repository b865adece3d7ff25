package dev.q.store.memory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class SignalsTests {

	private final Signals signals = new Signals();

	private final List<QueueName> heard = new ArrayList<>();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(Signals.class);

	@BeforeEach
	void listenToTheLog() {
		this.log.start();
		this.logger.addAppender(this.log);
		this.logger.setAdditive(false);
	}

	@AfterEach
	void leaveTheLog() {
		this.logger.detachAppender(this.log);
		this.logger.setAdditive(true);
	}

	@Test
	void aListenerThatThrowsIsNamedOnceAndHidesNobody() {
		this.signals.subscribe(new WorkerId("bad"), (queue) -> {
			throw new IllegalStateException("thrown on purpose");
		});
		this.signals.subscribe(new WorkerId("good"), this.heard::add);

		tell();
		tell();

		assertThat(this.heard).hasSize(2);
		assertThat(this.log.list).hasSize(1);
		assertThat(this.log.list.get(0).getLevel()).isEqualTo(Level.WARN);
		assertThat(this.log.list.get(0).getFormattedMessage()).contains("bad");
	}

	@Test
	void aSubscriptionEndsForItselfOnly() {
		StoreListener listener = this.heard::add;
		Subscription first = this.signals.subscribe(new WorkerId("same"), listener);
		this.signals.subscribe(new WorkerId("same"), listener);

		first.close();
		first.close();
		tell();

		assertThat(this.heard).hasSize(1);
	}

	@Test
	void newsNamesEachQueueOnce() {
		this.signals.subscribe(new WorkerId("me"), this.heard::add);
		News news = new News(this.signals);
		List<MemoryQueue> queues = List.of(queue("a"), queue("b"), queue("a"), queue("c"), queue("b"));

		queues.forEach(news::ready);
		news.tell();

		assertThat(this.heard).containsExactly(new QueueName("a"), new QueueName("b"), new QueueName("c"));
	}

	@Test
	void revocationsComeBeforeJobsThatAreReady() {
		List<Object> order = new ArrayList<>();
		this.signals.subscribe(new WorkerId("me"), new StoreListener() {

			@Override
			public boolean jobsReady(QueueName queue) {
				return order.add(queue);
			}

			@Override
			public void leaseRevoked(JobId job) {
				order.add(job);
			}

		});
		News news = new News(this.signals);
		JobId job = SampleJobs.newJob().id();

		news.ready(queue("a"));
		news.revoked(job);
		news.tell();

		assertThat(order).containsExactly(job, new QueueName("a"));
	}

	private static MemoryQueue queue(String name) {
		return new MemoryQueue(new QueueName(name), InstantSource.fixed(Instant.EPOCH));
	}

	private void tell() {
		this.signals.tell((listener) -> listener.jobsReady(QueueName.DEFAULT));
	}

}
