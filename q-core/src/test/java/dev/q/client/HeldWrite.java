package dev.q.client;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.StoreException;

/**
 * A write that is under way for as long as a test likes, for an answer of a
 * {@link RecordingStore}. An interrupt breaks it off, as it does on most lines to a
 * server.
 */
final class HeldWrite implements Function<InsertGroup, InsertAnswer> {

	private final CountDownLatch begun = new CountDownLatch(1);

	private final CountDownLatch opened = new CountDownLatch(1);

	@Override
	public InsertAnswer apply(InsertGroup group) {
		this.begun.countDown();
		try {
			this.opened.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StoreException("The write was interrupted", ex);
		}
		return RecordingStore.stored(group);
	}

	void awaitBegun() throws InterruptedException {
		if (!this.begun.await(10, TimeUnit.SECONDS)) {
			throw new AssertionError("The write does not begin");
		}
	}

	void end() {
		this.opened.countDown();
	}

}
