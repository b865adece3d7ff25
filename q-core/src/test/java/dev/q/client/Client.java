package dev.q.client;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import dev.q.JobContext;
import dev.q.JobOptions;
import dev.q.JobTemplate;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerDefinition;
import dev.q.handler.HandlerInvoker;
import dev.q.handler.HandlerRegistry;
import dev.q.job.TypeName;
import dev.q.store.StoreCapability;
import org.jspecify.annotations.Nullable;

/**
 * A template over a {@link RecordingStore}, and what it did.
 */
final class Client {

	private static final HandlerInvoker IDLE = Client::idle;

	final RecordingStore store;

	final JobTemplate jobs;

	private final JobTemplates templates;

	final List<JobEvent> events = Collections.synchronizedList(new ArrayList<>());

	private Client(RecordingStore store, HandlerRegistry registry, ClientSettings settings) {
		this.store = store;
		this.templates = new JobTemplates(store, registry, JacksonPayloadCodec.standard(), settings, ids(),
				new JobEvents(List.of(this.events::add)));
		this.jobs = this.templates.template();
	}

	JobTemplate in(CallerTransaction transaction) {
		return this.templates.template(transaction);
	}

	void close() {
		this.templates.close();
	}

	static Client plain() {
		return of(ClientSettings.DEFAULT);
	}

	static Client able(StoreCapability... capabilities) {
		return new Client(new RecordingStore(capabilities), HandlerRegistry.of(List.of()), ClientSettings.DEFAULT);
	}

	static Client of(ClientSettings settings, HandlerDefinition... handlers) {
		return new Client(new RecordingStore(StoreCapability.values()), HandlerRegistry.of(List.of(handlers)),
				settings);
	}

	static HandlerDefinition handler(String type, Class<?> payload, JobOptions options) {
		return new HandlerDefinition(new TypeName(type), payload, options, IDLE, "Handlers." + type);
	}

	static JobIds ids() {
		return new JobIds(InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")), new Random(1));
	}

	private static @Nullable Object idle(@Nullable Object payload, JobContext context) {
		return null;
	}

}
