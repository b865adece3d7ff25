package dev.q.test.contract;

import org.junit.jupiter.api.Nested;

/**
 * The part of the contract that is about what people do to jobs, and what they are told.
 */
abstract class PeopleThemes extends KeyThemes {

	@Override
	protected abstract StoreFixture open();

	@Nested
	class Control extends ControlContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class Hold extends HoldContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class Edit extends EditContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class Admin extends AdminContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class Explain extends ExplainContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class Timeline extends TimelineContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class Claimable extends ClaimableContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class Forget extends ForgetContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class Pause extends PauseContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class PausedBy extends PausedByContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class Result extends ResultContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class AttemptHistory extends AttemptHistoryContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class AttemptKeeping extends AttemptKeepingContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class EndSignal extends EndSignalContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class Await extends AwaitContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class Listing extends ListingContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

	@Nested
	class Catalog extends CatalogContract {

		@Override
		protected StoreFixture open() {
			return PeopleThemes.this.open();
		}

	}

}
