package dev.q.test.contract;

import org.junit.jupiter.api.Nested;

/**
 * The whole contract. A store that passes this class can be used in place of any other:
 *
 * <pre class="code">
 * class MyStoreContractTests extends StoreContract {
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
public abstract class StoreContract extends PeopleThemes {

	@Override
	protected abstract StoreFixture open();

	@Nested
	class Insert extends InsertContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Capacity extends CapacityContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Claim extends ClaimContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Exclusive extends ExclusiveContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Order extends OrderContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Lease extends LeaseContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Settle extends SettleContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Release extends ReleaseContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Retry extends RetryContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Delay extends DelayContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Expiry extends ExpiryContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class AtMostOnce extends AtMostOnceContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Retention extends RetentionContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class ScheduleState extends ScheduleStateContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Schedule extends ScheduleContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Cluster extends ClusterContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Signal extends SignalContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Concurrency extends ConcurrencyContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Races extends RaceContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

	@Nested
	class Close extends CloseContract {

		@Override
		protected StoreFixture open() {
			return StoreContract.this.open();
		}

	}

}
