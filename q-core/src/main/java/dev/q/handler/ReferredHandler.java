package dev.q.handler;

import java.lang.reflect.Type;

import dev.q.InvalidHandlerReferenceException;
import org.jspecify.annotations.Nullable;

/**
 * A handler that a reference refers to.
 *
 * @param mark what it says of its jobs
 * @param signature what it takes
 * @param taken class of its payload, or null if it takes none
 */
record ReferredHandler(HandlerMark mark, HandlerSignature signature, @Nullable Class<?> taken) {

	static ReferredHandler of(HandlerMark mark, HandlerSignature signature) {
		Type type = signature.payloadType();
		return new ReferredHandler(mark, signature, (type != null) ? RawClass.of(type) : null);
	}

	/**
	 * Whether a handler takes a payload is not always in the shape of a reference to it.
	 */
	void requireFit(@Nullable Object payload) {
		if (this.taken == null) {
			if (payload != null) {
				throw refused("it takes no payload. Leave the payload out");
			}
		}
		else if (payload == null) {
			requireNullable();
		}
		else {
			requireKind(this.taken, payload.getClass());
		}
	}

	private void requireNullable() {
		if (!this.signature.acceptsNull()) {
			throw refused("it takes a payload, but there is none. "
					+ "Give one, or mark the parameter @Nullable if the handler can do without");
		}
	}

	private void requireKind(Class<?> taken, Class<?> given) {
		if (!taken.isAssignableFrom(given)) {
			throw refused("it takes a %s, but the payload is a %s. Give what it takes".formatted(taken.getTypeName(),
					given.getTypeName()));
		}
	}

	private InvalidHandlerReferenceException refused(String problem) {
		return new InvalidHandlerReferenceException(this.signature.origin(), problem, null);
	}

}
