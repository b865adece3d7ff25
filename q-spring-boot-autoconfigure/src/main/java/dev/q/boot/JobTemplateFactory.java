package dev.q.boot;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.q.JobTemplate;
import dev.q.TransactionMode;
import dev.q.client.CallerTransaction;
import dev.q.client.ClientSettings;
import dev.q.client.JobIds;
import dev.q.client.JobTemplates;
import dev.q.client.OptionCheck;
import dev.q.codec.PayloadCodec;
import dev.q.engine.EnginePorts;
import dev.q.event.JobEvents;
import dev.q.handler.InvalidHandlerException;
import dev.q.hook.EnqueueInterceptor;
import dev.q.schedule.Schedules;
import dev.q.spring.JobHandlerBeans;
import dev.q.store.JobStore;
import dev.q.store.StoreCapability;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Makes the template once all handlers are known. Asks for the hooks only then: they may
 * inject the template.
 */
final class JobTemplateFactory implements AutoCloseable {

	private final JobStore store;

	private final JobHandlerBeans handlers;

	private final PayloadCodec codec;

	private final ClientSettings settings;

	private final JobIds ids;

	private final Hooks hooks;

	/** What was made, to be closed. */
	private final Queue<JobTemplates> made = new ConcurrentLinkedQueue<>();

	JobTemplateFactory(JobStore store, JobHandlerBeans handlers, PayloadCodec codec, Hooks hooks, EnginePorts ports,
			QProperties properties) {
		requireJoinable(properties.transaction(), store);
		this.store = store;
		this.handlers = handlers;
		this.codec = codec;
		this.settings = ClientSettingsFactory.of(properties);
		this.ids = new JobIds(ports.clock(), ports.random());
		this.hooks = hooks;
	}

	JobTemplate template(CallerTransaction transaction) {
		return templates().template(transaction);
	}

	Schedules schedules(Runnable onChange) {
		return templates().schedules(onChange);
	}

	private JobTemplates templates() {
		ClientSettings hooked = this.settings.withInterceptors(this.hooks.interceptors().orderedStream().toList());
		JobTemplates templates = new JobTemplates(this.store, this.handlers.get(), this.codec, hooked, this.ids,
				this.hooks.events().getObject());
		this.made.add(templates);
		return templates;
	}

	/**
	 * Makes sure that what is said of queues and in handlers can be had together.
	 * @throws InvalidQPropertyException if that of a queue cannot
	 * @throws InvalidHandlerException if that of a handler cannot
	 */
	void requireSound() {
		OptionCheck check = new OptionCheck(this.store, this.settings);
		this.settings.queues().keySet().forEach((queue) -> {
			try {
				check.requireSound(queue);
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidQPropertyException("q.queues." + queue, "not to be had",
						String.valueOf(ex.getMessage()));
			}
		});
		this.handlers.get().definitions().forEach((handler) -> {
			try {
				check.requireSound(handler.mark());
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidHandlerException(handler.origin(), String.valueOf(ex.getMessage()), ex);
			}
		});
	}

	/**
	 * Before the store is closed, what is on its way to it is stored.
	 */
	@Override
	public void close() {
		this.made.forEach(JobTemplates::close);
	}

	private static void requireJoinable(@Nullable TransactionMode mode, JobStore store) {
		if (mode == TransactionMode.JOIN && !store.capabilities().contains(StoreCapability.TRANSACTIONAL_ENQUEUE)) {
			throw new InvalidQPropertyException("q.transaction", "join",
					"Store %s cannot store jobs in a transaction of the application. Set it to after-commit or none, or leave it out"
						.formatted(store.name()));
		}
	}

	/**
	 * Those who hear of jobs, or are asked about them.
	 *
	 * @param events who hears
	 * @param interceptors who is asked
	 */
	record Hooks(ObjectProvider<JobEvents> events, ObjectProvider<EnqueueInterceptor> interceptors) {
	}

}
