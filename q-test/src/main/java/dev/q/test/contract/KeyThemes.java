package dev.q.test.contract;

import org.junit.jupiter.api.Nested;

/**
 * The part of the contract that is about unique keys.
 */
abstract class KeyThemes {

	/**
	 * Makes an empty store for one test.
	 * @return the store and its clock
	 */
	protected abstract StoreFixture open();

	@Nested
	class Unique extends UniqueContract {

		@Override
		protected StoreFixture open() {
			return KeyThemes.this.open();
		}

	}

	@Nested
	class UniqueScope extends UniqueScopeContract {

		@Override
		protected StoreFixture open() {
			return KeyThemes.this.open();
		}

	}

	@Nested
	class UniqueWindow extends UniqueWindowContract {

		@Override
		protected StoreFixture open() {
			return KeyThemes.this.open();
		}

	}

	@Nested
	class UniqueConflict extends UniqueConflictContract {

		@Override
		protected StoreFixture open() {
			return KeyThemes.this.open();
		}

	}

	@Nested
	class UniqueRace extends UniqueRaceContract {

		@Override
		protected StoreFixture open() {
			return KeyThemes.this.open();
		}

	}

	@Nested
	class UniqueHandover extends UniqueHandoverContract {

		@Override
		protected StoreFixture open() {
			return KeyThemes.this.open();
		}

	}

	@Nested
	class UniqueSuccession extends UniqueSuccessionContract {

		@Override
		protected StoreFixture open() {
			return KeyThemes.this.open();
		}

	}

	@Nested
	class UniqueSignal extends UniqueSignalContract {

		@Override
		protected StoreFixture open() {
			return KeyThemes.this.open();
		}

	}

}
