package dev.q.test.contract;

import java.util.List;
import java.util.Set;

import dev.q.job.Due;
import dev.q.job.JobId;
import dev.q.job.WorkerId;
import dev.q.store.JobCatalog;
import dev.q.store.PauseMode;
import dev.q.store.Retention;
import dev.q.store.Schedule;
import dev.q.store.StoreException;
import dev.q.store.Subscription;
import dev.q.store.WorkerInfo;
import dev.q.test.HeardSignals;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The store as an object: what it says of itself, and its end.
 *
 * @since 0.1
 */
public abstract class CloseContract extends Theme {

	@Test
	void aStoreHasANameAndOneObjectForEachRole() {
		assertThat(store().name()).isNotBlank();
		assertThat(store().capabilities()).isNotNull();
		assertThat(store().work()).isSameAs(store().work());
		assertThat(store().maintenance()).isSameAs(store().maintenance());
		assertThat(store().schedules()).isSameAs(store().schedules());
		assertThat(store().cluster()).isSameAs(store().cluster());
		assertThat(store().catalog()).isSameAs(store().catalog());
		assertThat(store().control()).isSameAs(store().control());
		store().close();
	}

	@Test
	void closingTwiceIsHarmless() {
		store().close();

		assertThatCode(() -> store().close()).doesNotThrowAnyException();
	}

	@Test
	void aSubscriptionOfAClosedStoreCanBeEnded() {
		Subscription subscription = store().work().subscribe(new WorkerId("me"), new HeardSignals());
		store().close();

		assertThatCode(subscription::close).doesNotThrowAnyException();
	}

	@Test
	void aClosedStoreRefusesWorkAndNamesItself() {
		var claimed = running(aJob());
		String name = store().name();
		store().close();

		for (ThrowingCallable call : List.<ThrowingCallable>of(() -> insert(aJob()), () -> worker().ask(1),
				() -> worker().renew(claimed), () -> worker().succeed(claimed),
				() -> store().work().subscribe(new WorkerId("me"), new HeardSignals()))) {
			assertThatExceptionOfType(StoreException.class).isThrownBy(call).withMessageContaining(name);
		}
	}

	@Test
	void aClosedStoreRefusesMaintenanceAndSchedules() {
		Schedule schedule = new Schedule("daily", "every 1d", "UTC", aJob().spec(), now());
		WorkerInfo info = new WorkerInfo(new WorkerId("me"), "host", now(), WorkerInfo.State.RUNNING, List.of(),
				Set.of(), 1, 0);
		store().close();

		for (ThrowingCallable call : List.<ThrowingCallable>of(this::promote, this::recover, this::expire,
				() -> purge(Retention.DEFAULT), () -> store().schedules().save(List.of(schedule)),
				() -> store().schedules().due(1), () -> store().schedules().list(),
				() -> store().schedules().remove("daily"),
				() -> store().schedules().fire(schedule, now(), aJob().toNewJob()),
				() -> store().cluster().announce(info, seconds(1)), () -> store().cluster().withdraw(info.id()),
				() -> store().cluster().workers())) {
			assertThatExceptionOfType(StoreException.class).isThrownBy(call);
		}
	}

	@Test
	void aClosedStoreRefusesToBeReadAndControlled() {
		List<JobId> ids = insert(aJob(), aJob());
		store().close();

		for (ThrowingCallable call : List.<ThrowingCallable>of(() -> store().catalog().find(ids),
				() -> store().catalog().find(DEFAULT, ids),
				() -> store().catalog().search(JobCatalog.Query.ALL, 1, null),
				() -> store().catalog().peek(DEFAULT, 1, JobCatalog.End.OLDEST), () -> store().catalog().queues(),
				() -> store().catalog().standing(DEFAULT, ids.get(0), 1),
				() -> store().control().cancel(ids, "called off"), () -> store().control().retry(ids),
				() -> store().control().delete(ids), () -> store().control().reschedule(ids, Due.NOW),
				() -> store().control().pause(DEFAULT, PauseMode.OUT), () -> store().control().resume(DEFAULT))) {
			assertThatExceptionOfType(StoreException.class).isThrownBy(call);
		}
	}

	/** A closed store cannot be looked at. */
	@Override
	void checkInvariants() {
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store().catalog().queues());
	}

}
