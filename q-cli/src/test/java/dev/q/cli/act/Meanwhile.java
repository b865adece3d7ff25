package dev.q.cli.act;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

import dev.q.admin.BulkRequest;
import dev.q.admin.JobAdmin;
import dev.q.admin.JobFilter;
import dev.q.admin.audit.AuditEvent;
import dev.q.admin.audit.AuditListener;
import dev.q.admin.audit.AuditTrail;
import dev.q.cli.Place;
import dev.q.cli.act.ConsentOptions.Consent;
import dev.q.cli.output.OutputOptions;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Stop;
import dev.q.event.JobEvents;
import dev.q.job.JobId;
import dev.q.ports.SystemClock;
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

	private final List<AuditEvent> audited = new ArrayList<>();

	private final AuditTrail audit = new AuditTrail(List.of((AuditListener) this.audited::add), () -> "ann",
			new SystemClock());

	private final Stop stop;

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
		this(place, act, event, Duration.ofSeconds(30));
	}

	/**
	 * The same for somebody who is not waited for as long.
	 * @param patience how long
	 */
	Meanwhile(Place place, String act, IntConsumer event, Duration patience) {
		this.stop = new Stop(this.output, () -> {
		}, patience);
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
		return new ById(Deed.of(verb), this.store.catalog(), admin(), this.output, ending()).go(ids, consent);
	}

	/** Something is done with consent to all jobs. */
	ExitCode toAll(Verb verb) {
		BulkRequest request = BulkRequest.of(Deed.of(verb).toMany(), JobFilter.ALL);
		return new ByFilter(verb, admin(), this.output, ending()).go(request, Consent.GIVEN);
	}

	private JobAdmin admin() {
		return new JobAdmin(this.store, 1000, this.audit, JobEvents.NONE);
	}

	private Ending ending() {
		return new Ending(this.stop, this.audit);
	}

	/** What the audit was told of what was more than counted. */
	List<AuditEvent> audited() {
		return this.audited.stream().filter((event) -> !event.act().isDryRun()).toList();
	}

	/** The process is asked to end, and does not wait for the call under way. */
	void signalElsewhere() {
		Thread other = new Thread(this.signal, "signal");
		other.start();
		try {
			other.join();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
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
