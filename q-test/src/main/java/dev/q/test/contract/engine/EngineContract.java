package dev.q.test.contract.engine;

import dev.q.test.contract.StoreFixture;
import org.junit.jupiter.api.Nested;

/**
 * All that applications of Q promise over a store, for stores that pass
 * {@link dev.q.test.contract.StoreContract}. One class of tests for each kind of store is
 * enough:
 *
 * <pre class="code">
 * class MyStoreEngineTests extends EngineContract {
 *
 *     &#64;Override
 *     protected StoreFixture open() {
 *         return new MyStoreFixture();
 *     }
 *
 * }
 * </pre>
 *
 * @since 0.1
 */
public abstract class EngineContract {

	/**
	 * Makes an empty store for one test.
	 * @return the store and its clock
	 */
	protected abstract StoreFixture open();

	@Nested
	class Answers extends AnswerContract {

		@Override
		protected StoreFixture open() {
			return EngineContract.this.open();
		}

	}

	@Nested
	class Attempts extends AttemptContract {

		@Override
		protected StoreFixture open() {
			return EngineContract.this.open();
		}

	}

	@Nested
	class OneByOne extends HandleOneContract {

		@Override
		protected StoreFixture open() {
			return EngineContract.this.open();
		}

	}

	@Nested
	class Hooks extends HookContract {

		@Override
		protected StoreFixture open() {
			return EngineContract.this.open();
		}

	}

	@Nested
	class LostWorkers extends LostWorkerContract {

		@Override
		protected StoreFixture open() {
			return EngineContract.this.open();
		}

	}

	@Nested
	class Recurrence extends RecurringContract {

		@Override
		protected StoreFixture open() {
			return EngineContract.this.open();
		}

	}

	@Nested
	class Steered extends SteeringContract {

		@Override
		protected StoreFixture open() {
			return EngineContract.this.open();
		}

	}

	@Nested
	class Stops extends StopContract {

		@Override
		protected StoreFixture open() {
			return EngineContract.this.open();
		}

	}

	@Nested
	class Threads extends ThreadContract {

		@Override
		protected StoreFixture open() {
			return EngineContract.this.open();
		}

	}

	@Nested
	class UniqueJobs extends UniqueJobContract {

		@Override
		protected StoreFixture open() {
			return EngineContract.this.open();
		}

	}

}
