package dev.q.handler;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.q.UnknownJobTypeException;
import dev.q.job.TypeName;

/**
 * The handlers that are known here. Does not change once it is made.
 *
 * @since 0.1
 */
public final class HandlerRegistry {

	private final List<HandlerDefinition> definitions;

	/** Holds each answer of {@link #find} ready, so that asking costs a look-up alone. */
	private final Map<TypeName, Optional<HandlerDefinition>> answers;

	/** For the types that nobody is named for. */
	private final Optional<HandlerDefinition> fallback;

	private final PayloadTypes payloadTypes;

	private HandlerRegistry(Map<TypeName, HandlerDefinition> byType, Optional<HandlerDefinition> fallback) {
		this.fallback = fallback;
		Map<TypeName, Optional<HandlerDefinition>> found = new LinkedHashMap<>();
		byType.forEach((type, definition) -> found.put(type, Optional.of(definition)));
		this.definitions = List.copyOf(byType.values());
		this.answers = Map.copyOf(found);
		this.payloadTypes = new PayloadTypes(this.definitions);
	}

	/**
	 * Makes a registry.
	 * @param definitions the handlers; may be empty
	 * @return the registry
	 * @throws DuplicateHandlerException if two handlers run the same type
	 */
	public static HandlerRegistry of(Collection<HandlerDefinition> definitions) {
		Map<TypeName, HandlerDefinition> byType = new LinkedHashMap<>();
		for (HandlerDefinition definition : definitions) {
			HandlerDefinition other = byType.put(definition.type(), definition);
			if (other != null) {
				throw new DuplicateHandlerException(other, definition);
			}
		}
		return new HandlerRegistry(byType, Optional.empty());
	}

	/**
	 * Makes the registry of a handler that runs jobs of every type.
	 * @param definition the handler; its own type is that of payloads whose class names
	 * none
	 * @return the registry
	 */
	public static HandlerRegistry ofAnyType(HandlerDefinition definition) {
		return new HandlerRegistry(Map.of(definition.type(), definition), Optional.of(definition));
	}

	/**
	 * Finds the handler of a type. Allocates nothing.
	 * @param type which jobs
	 * @return their handler, or empty if it is not known here
	 */
	public Optional<HandlerDefinition> find(TypeName type) {
		return this.answers.getOrDefault(type, this.fallback);
	}

	/**
	 * All handlers.
	 * @return in the order in which they were given
	 */
	public List<HandlerDefinition> definitions() {
		return this.definitions;
	}

	/**
	 * Finds the type of job that {@link dev.q.JobType} names on a payload's class or a
	 * superclass.
	 * @param payload the payload of a job
	 * @return the type, or empty if none is named
	 * @throws UnknownJobTypeException if what is named is no type
	 */
	public static Optional<TypeName> declaredTypeOf(Object payload) {
		return PayloadTypes.declaredBy(payload.getClass());
	}

	/**
	 * Finds the type of job that a payload is for: the one that {@link dev.q.JobType}
	 * names on its class or a superclass; else that of the one handler that takes exactly
	 * this class; else that of the one handler that takes a supertype of it. Remembered
	 * for each class.
	 * @param payload the payload of a job
	 * @return the type
	 * @throws UnknownJobTypeException if there is none or more than one, or if the
	 * payload is bytes, which may be for anybody
	 */
	public TypeName typeOf(Object payload) {
		return this.payloadTypes.typeOf(payload.getClass());
	}

}
