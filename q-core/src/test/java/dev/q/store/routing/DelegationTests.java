package dev.q.store.routing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.JobTimes;
import dev.q.job.NewJob;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.job.WorkerId;
import dev.q.store.ClaimRequest;
import dev.q.store.ClusterStore;
import dev.q.store.InsertGroup;
import dev.q.store.JobCatalog;
import dev.q.store.JobControl;
import dev.q.store.JobStore;
import dev.q.store.Lease;
import dev.q.store.MaintenanceStore;
import dev.q.store.Pause;
import dev.q.store.PauseMode;
import dev.q.store.Retention;
import dev.q.store.Schedule;
import dev.q.store.ScheduleStore;
import dev.q.store.Settlement;
import dev.q.store.StoreListener;
import dev.q.store.WorkStore;
import dev.q.store.WorkerInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No method of the SPI is forgotten: not one with a default either, which would compile.
 */
class DelegationTests {

	private static final List<Class<?>> ROLES = List.of(WorkStore.class, MaintenanceStore.class, ScheduleStore.class,
			ClusterStore.class, JobCatalog.class, JobControl.class);

	private final Scene scene = Scene.onOneThread();

	@AfterEach
	void close() {
		this.scene.close();
	}

	static Stream<Method> methods() {
		return Stream.concat(Stream.of(JobStore.class), ROLES.stream())
			.flatMap((role) -> Arrays.stream(role.getDeclaredMethods()))
			.filter((method) -> !Modifier.isStatic(method.getModifiers())
					&& !Modifier.isPrivate(method.getModifiers()));
	}

	static Stream<Method> methodsOfRoles() {
		return methods().filter((method) -> ROLES.contains(method.getDeclaringClass()));
	}

	@ParameterizedTest
	@MethodSource("methods")
	void everyMethodIsDecidedUpon(Method method) throws NoSuchMethodException {
		Object own = target(method);

		assertThat(own.getClass().getDeclaredMethod(method.getName(), method.getParameterTypes()))
			.as("%s must say itself what it does over several stores", own.getClass().getSimpleName())
			.isNotNull();
	}

	@ParameterizedTest
	@MethodSource("methodsOfRoles")
	void everyMethodOfARoleComesToAStore(Method method) throws IllegalAccessException {
		Object[] arguments = Arrays.stream(method.getGenericParameterTypes()).map(this::sample).toArray();

		try {
			method.invoke(target(method), arguments);
		}
		catch (InvocationTargetException ex) {
			// What a store says to these arguments is not the question.
			assertThat(ex.getCause()).isInstanceOf(RuntimeException.class);
		}

		assertThat(Stream.concat(this.scene.first.calls.stream(), this.scene.second.calls.stream()))
			.contains(method.getName());
	}

	private Object target(Method method) {
		Class<?> role = method.getDeclaringClass();
		if (role.equals(JobStore.class)) {
			return this.scene.stores;
		}
		return Stream
			.of(this.scene.stores.work(), this.scene.stores.maintenance(), this.scene.stores.schedules(),
					this.scene.stores.cluster(), this.scene.stores.catalog(), this.scene.stores.control())
			.filter(role::isInstance)
			.findFirst()
			.orElseThrow();
	}

	/** A method with another kind of argument needs a sample here. */
	private Object sample(Type type) {
		Map<String, Object> samples = samples();
		String name = type.getTypeName();
		assertThat(samples).as("A sample is missing").containsKey(name);
		return samples.get(name);
	}

	private Map<String, Object> samples() {
		NewJob job = this.scene.job(Scene.MAIL, Due.NOW);
		WorkerId worker = new WorkerId("test");
		Lease lease = new Lease(job.id(), Scene.MAIL, "token", worker, Scene.LEASE);
		Instant now = this.scene.clock.instant();
		Schedule schedule = new Schedule("daily", "every 10m", "UTC", job.spec(), now);
		return Map.ofEntries(Map.entry("int", 1), entry(String.class, "daily"), entry(JobId.class, job.id()),
				entry(QueueName.class, Scene.MAIL), entry(WorkerId.class, worker), entry(Due.class, Due.NOW),
				entry(Instant.class, now), entry(Duration.class, Scene.LEASE), entry(NewJob.class, job),
				entry(Schedule.class, schedule), entry(PauseMode.class, PauseMode.NONE), entry(Pause.class, Pause.NONE),
				entry(Retention.class, Retention.DEFAULT), entry(JobControl.Edit.class, edit(job, now)),
				entry(JobCatalog.Query.class, JobCatalog.Query.ALL), entry(JobCatalog.End.class, JobCatalog.End.OLDEST),
				entry(ClaimRequest.class, new ClaimRequest(List.of(Scene.MAIL, Scene.WORK), 1, Scene.LEASE, worker)),
				entry(StoreListener.class, (StoreListener) (queue) -> true),
				entry(StoreListener.Ends.class, (StoreListener.Ends) (end) -> {
				}),
				entry(WorkerInfo.class,
						new WorkerInfo(worker, "host", now, WorkerInfo.State.RUNNING, List.of(), Set.of(), 1, 0)),
				many(Collection.class, JobId.class, job.id()), many(Set.class, JobState.class, JobState.READY),
				many(Collection.class, Schedule.class, schedule),
				many(List.class, InsertGroup.class, InsertGroup.of(List.of(job))), many(List.class, Lease.class, lease),
				many(List.class, Settlement.class, new Settlement(lease, new Outcome.Succeeded(StoredResult.NONE))));
	}

	private static JobControl.Edit edit(NewJob job, Instant now) {
		Job seen = new Job(job.id(), job.spec(), JobState.READY, JobCounters.ZERO, JobTimes.created(now, now, null));
		return new JobControl.Edit(seen, job.spec(), JobControl.Edit.Then.STAY);
	}

	private static <T> Map.Entry<String, Object> entry(Class<T> type, T sample) {
		return Map.entry(type.getTypeName(), sample);
	}

	private static <T> Map.Entry<String, Object> many(Class<?> kind, Class<T> type, T sample) {
		return Map.entry("%s<%s>".formatted(kind.getName(), type.getTypeName()),
				kind.equals(Set.class) ? Set.of(sample) : List.of(sample));
	}

}
