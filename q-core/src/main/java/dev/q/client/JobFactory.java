package dev.q.client;

import dev.q.JobOptions;
import dev.q.JobRequest;
import dev.q.UnsupportedJobOptionException;
import dev.q.codec.PayloadCodec;
import dev.q.codec.PayloadException;
import dev.q.handler.HandlerMark;
import dev.q.handler.HandlerRegistry;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.NewJob;
import dev.q.job.Payload;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey;
import org.jspecify.annotations.Nullable;

/**
 * Makes jobs of requests. What it has made can be stored as it is.
 */
final class JobFactory {

	private final JobTypes types;

	private final PayloadCodec codec;

	private final int maxPayload;

	private final JobIds ids;

	private final OptionLayers layers;

	private final Grants grants;

	JobFactory(HandlerRegistry registry, PayloadCodec codec, ClientSettings settings, JobIds ids, Grants grants) {
		this(new JobTypes(registry), codec, settings.maxPayload(), ids, new OptionLayers(settings, JobOptions.NONE),
				grants);
	}

	private JobFactory(JobTypes types, PayloadCodec codec, int maxPayload, JobIds ids, OptionLayers layers,
			Grants grants) {
		this.types = types;
		this.codec = codec;
		this.maxPayload = maxPayload;
		this.ids = ids;
		this.layers = layers;
		this.grants = grants;
	}

	/**
	 * The same factory for the jobs of a view.
	 * @param options options of those jobs; what a request says itself goes first
	 * @return a factory
	 */
	JobFactory with(JobOptions options) {
		return new JobFactory(this.types, this.codec, this.maxPayload, this.ids, this.layers.with(options),
				this.grants);
	}

	/**
	 * Makes a job.
	 * @param request what to run and how
	 * @param position place of the request in its call
	 * @return the job, checked and encoded
	 */
	Draft draft(JobRequest request, int position) {
		HandlerMark handler = this.types.of(request);
		TypeName type = handler.type();
		Terms terms = this.layers.terms(handler, request.options());
		JobId id = (request.id() != null) ? request.id() : this.ids.next();
		requireGranted(id, terms, handler, request);
		Payload payload = encode(type, request.payload());
		return new Draft(position, new NewJob(id, spec(terms, type, payload), terms.due()), terms.maxLength(),
				terms.transaction());
	}

	private void requireGranted(JobId id, Terms terms, HandlerMark handler, JobRequest request) {
		Grants.Missing missing = this.grants.missing(terms);
		if (missing != null) {
			throw new UnsupportedJobOptionException(id, missing.value(), "%s. It comes from %s"
				.formatted(missing.remedy(), this.layers.origin(missing.option(), handler, request.options())));
		}
	}

	private JobSpec spec(Terms terms, TypeName type, Payload payload) {
		JobSpec spec = terms.spec(type, payload);
		UniqueKey.ByPayload rule = terms.byPayload();
		return (rule != null) ? spec.withUnique(Fingerprint.of(spec, canonical(type, payload)).key(rule)) : spec;
	}

	private Payload canonical(TypeName type, Payload payload) {
		try {
			return this.codec.canonical(payload);
		}
		catch (PayloadException ex) {
			throw new IllegalArgumentException(
					"A job of type %s cannot be unique by its payload: %s".formatted(type, ex.getMessage()), ex);
		}
	}

	/** An id for a job that is made elsewhere. */
	JobId newId() {
		return this.ids.next();
	}

	/**
	 * A request that makes the same job again, whatever template it is given to.
	 * @param request what was asked for
	 * @param id the job that was made
	 * @return the request, with that id and the options of this factory's view
	 */
	JobRequest again(JobRequest request, JobId id) {
		return request.withId(id).with(this.layers::call);
	}

	private Payload encode(TypeName type, @Nullable Object value) {
		Payload payload = write(type, value);
		if (payload.size() > this.maxPayload) {
			throw new IllegalArgumentException(
					"The payload of a job of type %s has %d bytes, but at most %d are allowed. Keep the data elsewhere and enqueue where it is, or raise q.max-payload"
						.formatted(type, payload.size(), this.maxPayload));
		}
		return payload;
	}

	private Payload write(TypeName type, @Nullable Object value) {
		try {
			return this.codec.encode(value);
		}
		catch (PayloadException ex) {
			throw new IllegalArgumentException(
					"A job of type %s cannot be enqueued: %s".formatted(type, ex.getMessage()), ex);
		}
	}

}
