package dev.q.handler;

import dev.q.HandlerReference;
import dev.q.InvalidHandlerReferenceException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the annotations of the methods that references refer to. Safe for use by many
 * threads.
 *
 * <p>
 * A reference is read once for each place in the source. What was found is kept with the
 * class that the JVM makes for that place, and goes with it: nothing here holds a class,
 * so an application can be unloaded. From the second time on reading costs one look-up
 * and allocates nothing.
 *
 * @since 0.1
 */
public final class HandlerReferences {

	private final Places places = new Places();

	/**
	 * Reads a reference, and checks that a payload is there exactly if the method takes
	 * one.
	 * @param reference refers to a handler
	 * @param payload what the handler is to be given, or null
	 * @return what the annotation says. A retry policy may be one that is not known here
	 * @throws InvalidHandlerReferenceException if this is no reference to a handler, or
	 * the payload does not go with it
	 * @throws InvalidHandlerException if the method is marked but cannot be a handler
	 */
	public HandlerMark read(HandlerReference reference, @Nullable Object payload) {
		Place place = this.places.get(reference.getClass());
		ReferredHandler handler = place.handler;
		if (handler == null) {
			handler = ReferredMethod.of(reference).handler();
			place.handler = handler;
		}
		handler.requireFit(payload);
		return handler.mark();
	}

	/**
	 * Where a reference stands in the source. Two threads may both read it at first, and
	 * find the same.
	 */
	private static final class Place {

		private volatile @Nullable ReferredHandler handler;

	}

	/**
	 * Places by the class of their references.
	 */
	private static final class Places extends ClassValue<Place> {

		@Override
		protected Place computeValue(Class<?> type) {
			return new Place();
		}

	}

}
