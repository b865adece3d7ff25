package dev.q.event;

/**
 * Hears of what happens to jobs. Called by many threads at once, on the paths that move
 * jobs, so it must return soon and must not block.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface JobListener {

	/**
	 * Something happened.
	 * @param event what
	 */
	void onEvent(JobEvent event);

}
