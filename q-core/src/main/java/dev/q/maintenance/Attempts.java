package dev.q.maintenance;

import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Steps that do not depend on each other: each is tried, whatever becomes of the others,
 * and the first failure is thrown when all have been. For use by one thread.
 *
 * @since 0.1
 */
public final class Attempts {

	private @Nullable Throwable failure;

	/**
	 * Tries a step.
	 * @param step what to do
	 */
	public void run(Runnable step) {
		count(() -> {
			step.run();
			return 0;
		});
	}

	/**
	 * Tries a step that counts something.
	 * @param step what to do
	 * @return what it counted, or zero if it failed
	 */
	public int count(IntSupplier step) {
		try {
			return step.getAsInt();
		}
		catch (Throwable ex) {
			if (this.failure == null) {
				this.failure = ex;
			}
			else if (!ex.equals(this.failure)) {
				this.failure.addSuppressed(ex);
			}
			return 0;
		}
	}

	/**
	 * Whether a step has failed.
	 * @return true if {@link #rethrow()} throws
	 */
	public boolean hasFailure() {
		return this.failure != null;
	}

	/**
	 * Throws the first failure, if there was one.
	 */
	public void rethrow() {
		if (this.failure instanceof Error error) {
			throw error;
		}
		if (this.failure instanceof RuntimeException exception) {
			throw exception;
		}
	}

}
