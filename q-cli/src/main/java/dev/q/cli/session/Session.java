package dev.q.cli.session;

import java.util.List;
import java.util.Optional;

import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.admin.JobAdmin;
import dev.q.admin.ScheduleAdmin;
import dev.q.admin.audit.AuditTrail;
import dev.q.cli.output.OutputOptions;
import dev.q.client.ClientSettings;
import dev.q.client.JobIds;
import dev.q.client.JobTemplates;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.ports.SharedRandom;
import dev.q.ports.SystemClock;
import dev.q.store.JobStore;
import dev.q.store.QueueStats;
import org.jspecify.annotations.Nullable;

/**
 * An open store, and what a command does with it. For use by one thread.
 *
 * @since 0.1
 */
public final class Session implements AutoCloseable {

	private final JobStore store;

	private final ClientSettings settings;

	private final AuditTrail audit;

	private final OutputOptions output;

	private @Nullable JobTemplates templates;

	/**
	 * Takes what commands have in common.
	 * @param store where the jobs are
	 * @param settings what holds for jobs that are enqueued
	 * @param audit told of each act
	 * @param output shows results
	 */
	Session(JobStore store, ClientSettings settings, AuditTrail audit, OutputOptions output) {
		this.store = store;
		this.settings = settings;
		this.audit = audit;
		this.output = output;
	}

	/**
	 * Where the jobs are.
	 * @return the store
	 */
	public JobStore store() {
		return this.store;
	}

	/**
	 * Looks at jobs and queues, and steers them.
	 * @return tells the audit who is logged in here
	 */
	public JobAdmin admin() {
		return new JobAdmin(this.store, this.settings.maxPayload(), this.audit, JobEvents.NONE);
	}

	/**
	 * Hears of each act.
	 * @return knows who is logged in here
	 */
	public AuditTrail audit() {
		return this.audit;
	}

	/**
	 * The figures of one queue. No other one is counted: it is the first of those whose
	 * names begin so.
	 * @param name which queue
	 * @return its figures, or empty if it is not listed
	 */
	public Optional<QueueStats> queue(QueueName name) {
		return this.store.catalog()
			.queues(name.value(), 1, null)
			.items()
			.stream()
			.filter((stats) -> stats.queue().equals(name))
			.findFirst();
	}

	/**
	 * Looks at schedules, and steers them.
	 * @return tells the audit who is logged in here
	 */
	public ScheduleAdmin schedules() {
		return new ScheduleAdmin(templates().schedules(() -> {
		}), this.audit);
	}

	/**
	 * Enqueues.
	 * @return knows no handlers, so jobs name their types
	 */
	public JobTemplate jobs() {
		return templates().template();
	}

	/**
	 * The job that an enqueue would store; nothing is stored.
	 * @param request what to run and how
	 * @return the job, checked and encoded
	 * @throws IllegalArgumentException if it could not be stored
	 */
	public NewJob rehearse(JobRequest request) {
		return templates().rehearse(request);
	}

	/** Most commands need none, and are there sooner without. */
	private JobTemplates templates() {
		JobTemplates made = this.templates;
		if (made == null) {
			made = new JobTemplates(this.store, HandlerRegistry.of(List.of()),
					JacksonPayloadCodec.standard(this.settings.maxPayload()), this.settings,
					new JobIds(new SystemClock(), new SharedRandom()), JobEvents.NONE);
			this.templates = made;
		}
		return made;
	}

	/**
	 * How results are shown.
	 * @return shows them
	 */
	public OutputOptions output() {
		return this.output;
	}

	@Override
	public void close() {
		if (this.templates != null) {
			this.templates.close();
		}
	}

}
