package dev.q.test.scene;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.attempt.HandlerRunner;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.engine.EnginePorts;
import dev.q.engine.EngineSettings;
import dev.q.engine.GroupSettings;
import dev.q.engine.JobEngine;
import dev.q.event.JobEvents;
import dev.q.event.JobListener;
import dev.q.handler.HandlerRegistry;
import dev.q.handler.HandlerScanner;
import dev.q.loop.PlatformThreads;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;
import dev.q.retry.FailurePolicy;
import dev.q.retry.RetryPolicies;
import dev.q.spring.SpringHandlerTransactions;
import dev.q.store.JobStore;
import dev.q.store.Retention;
import dev.q.test.scene.host.PostgresHost;
import dev.q.test.scene.host.Stores;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A worker whose jobs have an effect: each writes a row and is settled in one
 * transaction. Nothing in the table hinders a second row of the same job.
 */
final class Effects implements AutoCloseable {

	/** The one that jobs of a {@link Load} have. */
	private static final String TYPE = "default";

	private static final int CONCURRENCY = 8;

	private static final Retention RETENTION = new Retention(Duration.ofDays(1), 100_000, Duration.ofDays(1),
			Duration.ofDays(1), Duration.ofDays(1));

	private static final EngineSettings SETTINGS = EngineSettings.DEFAULT.withLease(Duration.ofSeconds(2))
		.withRetention(RETENTION)
		.withGroups(List.of(new GroupSettings("effects", List.of(Stores.QUEUE), List.of(), CONCURRENCY)));

	private final LongAdder runs = new LongAdder();

	private final JdbcTemplate jdbc;

	private final JobEngine engine;

	private Effects(PostgresHost host, JobStore store, JobListener listener) {
		this.jdbc = new JdbcTemplate(host.pool());
		this.jdbc.execute("create table effect (job text not null)");
		EnginePorts ports = new EnginePorts(new SystemClock(), new PlatformThreads(), new SharedRandom());
		RetryPolicies policies = new RetryPolicies(Map.of(), ports.random());
		HandlerRegistry handlers = HandlerRegistry.of(new HandlerScanner(policies).scan(this, Effects.class));
		JdbcTransactionManager manager = new JdbcTransactionManager(host.pool());
		HandlerRunner runner = new HandlerRunner(() -> handlers, JacksonPayloadCodec.standard(),
				new FailurePolicy(policies, policies.parse("fixed(50ms)")), ports.clock(),
				new SpringHandlerTransactions(store, () -> Optional.of(manager)));
		this.engine = new JobEngine(store, runner, new JobEvents(List.of(listener)), SETTINGS, ports);
	}

	/**
	 * Starts a worker.
	 * @param listener told of its jobs
	 */
	static Effects of(PostgresHost host, JobStore store, JobListener listener) {
		Effects effects = new Effects(host, store, listener);
		effects.engine.start();
		return effects;
	}

	@JobHandler(value = TYPE, transactional = true)
	void write(byte[] payload, JobContext job) {
		this.runs.increment();
		this.jdbc.update("insert into effect (job) values (?)", job.id().toString());
	}

	/**
	 * How often a handler began.
	 */
	long runs() {
		return this.runs.sum();
	}

	/**
	 * The jobs that have had an effect, once for each.
	 */
	List<String> jobs() {
		return this.jdbc.queryForList("select job from effect", String.class);
	}

	@Override
	public void close() {
		this.engine.stop();
	}

}
