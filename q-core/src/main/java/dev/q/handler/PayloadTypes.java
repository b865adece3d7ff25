package dev.q.handler;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.q.JobType;
import dev.q.UnknownJobTypeException;
import dev.q.job.Payload;
import dev.q.job.TypeName;

/**
 * Which type of job a class of payloads is for.
 */
final class PayloadTypes {

	private static final String REMEDY = "Name the type when you enqueue: enqueue(\"the-type\", payload)";

	private final List<Candidate> candidates;

	private final Map<Class<?>, TypeName> remembered = new ConcurrentHashMap<>();

	PayloadTypes(List<HandlerDefinition> definitions) {
		this.candidates = definitions.stream()
			.filter((definition) -> definition.payloadType() != null)
			.map(Candidate::of)
			.toList();
	}

	TypeName typeOf(Class<?> payload) {
		TypeName known = this.remembered.get(payload);
		return (known != null) ? known : this.remembered.computeIfAbsent(payload, this::find);
	}

	private TypeName find(Class<?> payload) {
		if (payload == byte[].class || payload == Payload.class) {
			throw new UnknownJobTypeException("A payload of bytes does not say which type of job it is for. " + REMEDY);
		}
		return declaredBy(payload).orElseGet(() -> handled(payload));
	}

	static Optional<TypeName> declaredBy(Class<?> payload) {
		for (Class<?> each = payload; each != null; each = each.getSuperclass()) {
			JobType annotation = each.getAnnotation(JobType.class);
			if (annotation != null) {
				return Optional.of(named(annotation, each));
			}
		}
		return Optional.empty();
	}

	private TypeName handled(Class<?> payload) {
		List<Candidate> exact = this.candidates.stream().filter((each) -> each.takes() == payload).toList();
		return only(payload, exact.isEmpty()
				? this.candidates.stream().filter((each) -> each.takes().isAssignableFrom(payload)).toList() : exact);
	}

	private static TypeName named(JobType annotation, Class<?> payload) {
		try {
			return new TypeName(annotation.value());
		}
		catch (IllegalArgumentException ex) {
			throw new UnknownJobTypeException(
					"@JobType on %s does not name a type: %s".formatted(payload.getTypeName(), ex.getMessage()));
		}
	}

	private static TypeName only(Class<?> payload, List<Candidate> fitting) {
		if (fitting.isEmpty()) {
			throw new UnknownJobTypeException(
					"No job type is known for a payload of %s: it has no @JobType, and no handler here takes it. %s, or put @JobType on the class"
						.formatted(payload.getTypeName(), REMEDY));
		}
		if (fitting.size() > 1) {
			throw new UnknownJobTypeException(
					"Several job types fit a payload of %s: %s. %s".formatted(payload.getTypeName(),
							fitting.stream().map(Candidate::label).collect(Collectors.joining(", ")), REMEDY));
		}
		return fitting.get(0).definition().type();
	}

	/**
	 * A handler and the class of what it takes.
	 */
	private record Candidate(Class<?> takes, HandlerDefinition definition) {

		static Candidate of(HandlerDefinition definition) {
			return new Candidate(RawClass.of(definition.payloadType()), definition);
		}

		String label() {
			return this.definition.type() + " (" + this.definition.origin() + ")";
		}

	}

}
