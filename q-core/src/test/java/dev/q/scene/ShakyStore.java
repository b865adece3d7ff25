package dev.q.scene;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import dev.q.job.JobId;
import dev.q.store.JobStore;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * A store that can be away, or hang, as long as a test wants, and that writes down which
 * methods of its roles are called.
 */
public final class ShakyStore {

	private static final Set<String> WRITES = Set.of("insert", "settle", "cancel");

	public final List<String> calls = Collections.synchronizedList(new ArrayList<>());

	private final JobStore behind;

	private final JobStore store;

	private volatile boolean away;

	private volatile @Nullable CountDownLatch hanging;

	private volatile Runnable whenOneHangs = () -> {
	};

	private final Map<JobId, Runnable> refused = new ConcurrentHashMap<>();

	public ShakyStore(JobStore behind) {
		this.behind = behind;
		Map<Method, Object> roles = new HashMap<>();
		this.store = proxy(JobStore.class, (method, arguments) -> {
			if (method.getReturnType().isInterface() && method.getReturnType().getName().startsWith("dev.q.store.")
					&& !method.getName().equals("storeOf")) {
				return roles.computeIfAbsent(method, this::role);
			}
			return call(this.behind, method, arguments);
		});
	}

	private Object role(Method method) {
		Object role = call(this.behind, method, new Object[0]);
		return proxy(method.getReturnType(), (asked, arguments) -> {
			this.calls.add(asked.getName());
			if (this.away) {
				throw new StoreException("drill: away");
			}
			if (WRITES.contains(asked.getName())) {
				refuse(Arrays.deepToString(arguments));
			}
			Object answer = call(role, asked, arguments);
			CountDownLatch end = this.hanging;
			if (end != null) {
				this.whenOneHangs.run();
				end.await();
			}
			return answer;
		});
	}

	public JobStore store() {
		return this.store;
	}

	public void goAway() {
		this.away = true;
	}

	public void comeBack() {
		this.away = false;
	}

	/** From now on it takes no write that has to do with a job. */
	public void refuse(JobId id) {
		refuse(id, () -> {
		});
	}

	/** The same, and what happens then. */
	public void refuse(JobId id, Runnable then) {
		this.refused.put(id, then);
	}

	private void refuse(String arguments) {
		this.refused.forEach((id, then) -> {
			if (arguments.contains(id.toString())) {
				then.run();
				throw StoreException.refusal("drill: refused", null);
			}
		});
	}

	/**
	 * From now on calls do what they are to do, but answer only at the end.
	 * @param whenOneHangs called by each when it has done that
	 */
	public void hang(Runnable whenOneHangs) {
		this.whenOneHangs = whenOneHangs;
		this.hanging = new CountDownLatch(1);
	}

	public void answer() {
		CountDownLatch end = this.hanging;
		this.hanging = null;
		if (end != null) {
			end.countDown();
		}
	}

	@SuppressWarnings("ReferenceEquality") // a proxy equals itself alone
	private static <T> T proxy(Class<T> type, Call call) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "equals" -> proxy == arguments[0];
					case "hashCode" -> System.identityHashCode(proxy);
					case "toString" -> "shaky " + type.getSimpleName();
					default -> call.of(method, (arguments != null) ? arguments : new Object[0]);
				}));
	}

	private static @Nullable Object call(Object target, Method method, Object[] arguments) {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw new IllegalStateException(ex);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a call comes to.
	 */
	@FunctionalInterface
	private interface Call {

		@Nullable Object of(Method method, Object[] arguments) throws InterruptedException;

	}

}
