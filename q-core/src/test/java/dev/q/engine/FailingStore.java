package dev.q.engine;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import dev.q.store.JobStore;
import dev.q.store.StoreException;

/**
 * A store of which one call fails, before it takes place or after.
 */
final class FailingStore implements InvocationHandler {

	private final Object target;

	private final Plan plan;

	private FailingStore(Object target, Plan plan) {
		this.target = target;
		this.plan = plan;
	}

	static JobStore of(JobStore store, Plan plan) {
		return proxy(JobStore.class, store, plan);
	}

	@Override
	public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
		boolean isRole = method.getReturnType().isInterface()
				&& method.getReturnType().getPackage().equals(JobStore.class.getPackage())
				&& (method.getParameterCount() == 0 || method.getReturnType().equals(JobStore.class));
		if (isRole) {
			return proxy(method.getReturnType(), call(method, arguments), this.plan);
		}
		boolean fails = this.plan.isDue(method.getName());
		if (fails && !this.plan.afterwards) {
			throw new StoreException("drill: before " + method.getName());
		}
		Object answer = call(method, arguments);
		if (fails) {
			throw new StoreException("drill: after " + method.getName());
		}
		return answer;
	}

	private Object call(Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(this.target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private static <T> T proxy(Class<T> role, Object target, Plan plan) {
		return role.cast(
				Proxy.newProxyInstance(role.getClassLoader(), new Class<?>[] { role }, new FailingStore(target, plan)));
	}

	/**
	 * Which call fails.
	 */
	static final class Plan {

		final List<String> calls = new ArrayList<>();

		private final int failing;

		private final boolean afterwards;

		/**
		 * Makes a plan.
		 * @param failing number of the call that fails, from 0 on; -1 for none
		 * @param afterwards whether it fails after it took place
		 */
		Plan(int failing, boolean afterwards) {
			this.failing = failing;
			this.afterwards = afterwards;
		}

		boolean isDue(String call) {
			this.calls.add(call);
			return this.calls.size() == this.failing + 1;
		}

		@Override
		public String toString() {
			String name = (this.failing >= 0 && this.failing < this.calls.size()) ? this.calls.get(this.failing)
					: "none";
			return "%d (%s %s)".formatted(this.failing, this.afterwards ? "after" : "before", name);
		}

	}

}
