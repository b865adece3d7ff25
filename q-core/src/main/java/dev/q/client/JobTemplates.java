package dev.q.client;

import dev.q.JobTemplate;
import dev.q.codec.PayloadCodec;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.store.JobStore;

/**
 * Makes job templates over a store.
 *
 * @since 0.1
 */
public final class JobTemplates {

	private final JobTemplate template;

	/**
	 * Takes what a template needs.
	 * @param store where jobs are stored
	 * @param registry the handlers known here: they say which type a payload is for, and
	 * how its jobs are run
	 * @param codec writes payloads
	 * @param settings what holds for all jobs
	 * @param ids where ids come from
	 * @param events who is told of stored jobs
	 */
	public JobTemplates(JobStore store, HandlerRegistry registry, PayloadCodec codec, ClientSettings settings,
			JobIds ids, JobEvents events) {
		JobFactory factory = new JobFactory(registry, codec, settings, ids, new Grants(store));
		this.template = new StoreJobTemplate(store.work(), store.catalog(), factory, events);
	}

	/**
	 * The template.
	 * @return always the same object, safe for use by many threads
	 */
	public JobTemplate template() {
		return this.template;
	}

}
