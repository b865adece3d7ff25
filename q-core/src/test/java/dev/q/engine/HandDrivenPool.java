package dev.q.engine;

import java.util.concurrent.Executor;

import dev.q.loop.EngineThreads;

/**
 * Threads that a test turns by hand, or refuses.
 */
final class HandDrivenPool implements EngineThreads.Pool {

	int size;

	private final Executor executor;

	HandDrivenPool(Executor executor) {
		this.executor = executor;
	}

	@Override
	public void execute(Runnable task) {
		this.executor.execute(task);
	}

	@Override
	public void resize(int slots) {
		this.size = slots;
	}

	@Override
	public void close() {
		this.size = 0;
	}

}
