package dev.q.spring;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.client.ClientSettings;
import dev.q.client.JobIds;
import dev.q.client.JobTemplates;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A template over a store in memory, and transactions to use it in.
 */
final class TransactionScene {

	private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

	private static final JobIds IDS = new JobIds(CLOCK, new Random(1));

	final HandTransactions transactions = new HandTransactions();

	final MemoryStore store = new MemoryStore(new MemorySettings(100, Duration.ZERO), CLOCK, CLOCK);

	final List<JobEvent> events = new ArrayList<>();

	final JobTemplate jobs = new JobTemplates(this.store, HandlerRegistry.of(List.of()), JacksonPayloadCodec.standard(),
			ClientSettings.DEFAULT, IDS, new JobEvents(List.of(this.events::add)))
		.template(new SpringTransaction());

	<T> T inTransaction(Function<TransactionStatus, T> work) {
		return in(TransactionDefinition.PROPAGATION_REQUIRED, work);
	}

	<T> T in(int propagation, Function<TransactionStatus, T> work) {
		TransactionTemplate template = new TransactionTemplate(this.transactions);
		template.setPropagationBehavior(propagation);
		return template.execute(work::apply);
	}

	JobReceipt enqueue(String type) {
		return this.jobs.enqueue(type, null);
	}

	/** A job in the scope of its own that is rolled back or not. */
	JobReceipt enqueueIn(int propagation, String type, boolean isRolledBack) {
		return in(propagation, (status) -> {
			if (isRolledBack) {
				status.setRollbackOnly();
			}
			return enqueue(type);
		});
	}

	JobReceipt to(String queue, int maxLength) {
		return this.jobs
			.enqueue(JobRequest.of("job", null).with((options) -> options.queue(queue).maxLength(maxLength)));
	}

	static void afterCommit(Runnable callback) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public int getOrder() {
				return 0;
			}

			@Override
			public void afterCommit() {
				callback.run();
			}

		});
	}

	/** Types of the jobs that were stored, in their order. */
	List<String> stored() {
		return this.events.stream()
			.filter(JobEvent.Enqueued.class::isInstance)
			.map((event) -> event.spec().type().value())
			.toList();
	}

	/** Why jobs were not stored, by their types. */
	List<String> notStored() {
		return this.events.stream()
			.filter(JobEvent.NotStored.class::isInstance)
			.map(JobEvent.NotStored.class::cast)
			.map((event) -> event.spec().type() + ": " + event.reason())
			.toList();
	}

}
