package dev.q.test.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.q.store.JobStore;
import dev.q.test.contract.StoreFixture;
import dev.q.testing.VirtualClock;

/**
 * The model, which many threads may ask one after the other.
 */
final class ModelStoreFixture implements StoreFixture {

	private static final Instant START = Instant.parse("2026-02-03T04:05:06.789Z");

	/** Guards the model. */
	private final ReentrantLock lock = new ReentrantLock();

	private final IdentityHashMap<Object, Object> guarded = new IdentityHashMap<>();

	private final VirtualClock clock = new VirtualClock(START);

	private final JobStore store = guarded(JobStore.class, new ModelStore(this.clock));

	@Override
	public JobStore store() {
		return this.store;
	}

	@Override
	public Instant now() {
		return this.clock.instant();
	}

	@Override
	public void advance(Duration span) {
		this.clock.advance(span);
	}

	@Override
	public void close() {
		this.store.close();
	}

	/** The same object, guarded; roles that it hands out are guarded too. */
	private <T> T guarded(Class<T> type, Object target) {
		Object proxy = this.guarded.get(target);
		if (proxy == null) {
			proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
					(self, method, args) -> call(target, method, args));
			this.guarded.put(target, proxy);
		}
		return type.cast(proxy);
	}

	private Object call(Object target, Method method, Object[] args) throws Throwable {
		this.lock.lock();
		try {
			Object answer = method.invoke(target, args);
			boolean isRole = target instanceof JobStore && method.getReturnType().isInterface()
					&& method.getReturnType().getPackage().equals(JobStore.class.getPackage());
			return isRole ? guarded(method.getReturnType(), answer) : answer;
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
		finally {
			this.lock.unlock();
		}
	}

}
