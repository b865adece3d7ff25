package dev.q.ports;

import java.time.InstantSource;

/**
 * The engine's time: {@link #instant()} for what people read, {@link #nanoTime()} for
 * spans. Real or virtual.
 *
 * @since 0.1
 */
public interface EngineClock extends InstantSource {

	/**
	 * A count of nanoseconds that only differences make sense of, and that no change of
	 * the wall clock disturbs.
	 * @return nanoseconds since some moment
	 */
	long nanoTime();

}
