package dev.q.loop;

import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

/**
 * A new thread for each job that finds none running, for threads that cost next to
 * nothing: virtual ones. A thread that has finished a job may go on with the next one.
 * Loops have platform threads all the same, for they keep the process alive.
 *
 * @since 0.1
 */
public final class ThreadPerJob implements EngineThreads {

	private final PlatformThreads loops = new PlatformThreads();

	private final Function<String, ThreadFactory> factories;

	/**
	 * Takes the threads.
	 * @param factories makes, for the beginning of their names, the source of the threads
	 * of a group
	 */
	public ThreadPerJob(Function<String, ThreadFactory> factories) {
		this.factories = factories;
	}

	@Override
	public void start(Loop loop) {
		this.loops.start(loop);
	}

	@Override
	public Pool jobs(String group, int slots) {
		return new Unpooled(this.factories.apply("q-" + group + "-"));
	}

	/**
	 * As many threads as there are tasks.
	 */
	private record Unpooled(ThreadFactory threads) implements Pool {

		@Override
		public void execute(Runnable task) {
			this.threads.newThread(task).start();
		}

		@Override
		public void resize(int slots) {
			// The slots bound the handlers, and nothing else needs to.
		}

		@Override
		public void close() {
			// A thread ends with its handler.
		}

	}

}
