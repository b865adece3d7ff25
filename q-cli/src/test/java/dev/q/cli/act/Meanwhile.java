package dev.q.cli.act;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

import dev.q.admin.BulkRequest;
import dev.q.admin.JobAdmin;
import dev.q.admin.JobFilter;
import dev.q.cli.Place;
import dev.q.cli.act.ConsentOptions.Consent;
import dev.q.cli.output.OutputOptions;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Stop;
import dev.q.job.JobId;
import dev.q.store.JobCatalog;
import dev.q.store.JobControl;
import dev.q.store.JobStore;
import org.jspecify.annotations.Nullable;

/**
 * A place where something happens each time right before jobs are changed, after they
 * were counted, or before they are looked at.
 */
final class Meanwhile {

	private final StringWriter out = new StringWriter();

	private final StringWriter err = new StringWriter();

	private final OutputOptions output = new OutputOptions(new PrintWriter(this.out), new PrintWriter(this.err));

	private final Stop stop = new Stop(this.output);

	private final JobStore store;

	private Runnable signal = () -> {
	};

	private int acts;

	/**
	 * Watches the acts of one kind.
	 * @param place where jobs are
	 * @param act name of the method that changes them, or looks at them
	 * @param event what happens; told which act it is, the first being 1
	 */
	Meanwhile(Place place, String act, IntConsumer event) {
		Detour watch = (method) -> {
			if (method.equals(act)) {
				this.acts++;
				event.accept(this.acts);
			}
			return null;
		};
		Map<String, Object> roles = Map.of("control", through(JobControl.class, place.store().control(), watch),
				"catalog", through(JobCatalog.class, place.store().catalog(), watch));
		this.store = through(JobStore.class, place.store(), roles::get);
		this.stop.listen((task) -> {
			this.signal = task;
			return () -> {
			};
		});
	}

	private static <T> T through(Class<T> type, T target, Detour detour) {
		Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (self, method, args) -> {
			Object instead = detour.take(method.getName());
			return (instead != null) ? instead : call(target, method, args);
		});
		return type.cast(proxy);
	}

	private static @Nullable Object call(Object target, Method method, Object @Nullable [] args) throws Throwable {
		try {
			return method.invoke(target, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	/** Something is done to jobs that are named. */
	ExitCode to(List<JobId> ids, Verb verb, Consent consent) {
		return new ById(Deed.of(verb), this.store.catalog(), new JobAdmin(this.store), this.output, this.stop).go(ids,
				consent);
	}

	/** Something is done with consent to all jobs. */
	ExitCode toAll(Verb verb) {
		BulkRequest request = BulkRequest.of(Deed.of(verb).toMany(), JobFilter.ALL);
		return new ByFilter(verb, new JobAdmin(this.store), this.output, this.stop).go(request, Consent.GIVEN);
	}

	/** The process is asked to end. */
	void signal() {
		this.signal.run();
	}

	/** How often it was done. */
	int acts() {
		return this.acts;
	}

	String out() {
		return this.out.toString();
	}

	String err() {
		return this.err.toString();
	}

	/**
	 * Looks at a call before it is made.
	 */
	@FunctionalInterface
	private interface Detour {

		/** What is answered instead, or null for the call itself. */
		@Nullable Object take(String method);

	}

}
