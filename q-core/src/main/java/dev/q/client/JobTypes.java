package dev.q.client;

import java.util.Objects;

import dev.q.HandlerReference;
import dev.q.JobOptions;
import dev.q.JobRequest;
import dev.q.handler.HandlerDefinition;
import dev.q.handler.HandlerMark;
import dev.q.handler.HandlerReferences;
import dev.q.handler.HandlerRegistry;
import dev.q.job.TypeName;

/**
 * Finds the type of a job by the name in its request, the handler that it refers to, or
 * its payload; and what the handler of that type says. A handler that is known here goes
 * before one that is only referred to, since it is the one that runs the job.
 */
final class JobTypes {

	private final HandlerRegistry registry;

	private final HandlerReferences references = new HandlerReferences();

	JobTypes(HandlerRegistry registry) {
		this.registry = registry;
	}

	HandlerMark of(JobRequest request) {
		HandlerReference reference = request.handler();
		if (reference != null) {
			HandlerMark referred = this.references.read(reference, request.payload());
			return this.registry.find(referred.type()).map(HandlerDefinition::mark).orElse(referred);
		}
		TypeName type = typeOf(request);
		return this.registry.find(type)
			.map(HandlerDefinition::mark)
			.orElseGet(() -> new HandlerMark(type, JobOptions.NONE));
	}

	private TypeName typeOf(JobRequest request) {
		TypeName named = request.type();
		return (named != null) ? named
				: this.registry.typeOf(Objects.requireNonNull(request.payload(), "a request says what it is for"));
	}

}
