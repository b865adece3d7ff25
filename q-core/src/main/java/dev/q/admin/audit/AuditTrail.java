package dev.q.admin.audit;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

import dev.q.ports.SystemClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has acts done, and tells the listeners of each, whether it succeeded or failed. Safe
 * for use by many threads.
 *
 * @since 0.1
 */
public final class AuditTrail {

	private static final Logger logger = LoggerFactory.getLogger(AuditTrail.class);

	private final List<AuditListener> listeners;

	private final AuditPrincipal principal;

	private final InstantSource clock;

	/**
	 * Makes a trail.
	 * @param listeners who is told, in this order
	 * @param principal tells who acts
	 * @param clock the time
	 */
	public AuditTrail(List<? extends AuditListener> listeners, AuditPrincipal principal, InstantSource clock) {
		this.listeners = List.copyOf(listeners);
		this.principal = principal;
		this.clock = clock;
	}

	/**
	 * A trail that goes to the log, of acts of whoever.
	 * @return a trail
	 */
	public static AuditTrail logged() {
		return new AuditTrail(List.of(new LoggedActs()), AuditPrincipal.UNKNOWN, new SystemClock());
	}

	/**
	 * The same trail for acts of somebody.
	 * @param who a name, for people
	 * @return a copy
	 */
	public AuditTrail by(String who) {
		Objects.requireNonNull(who, "who");
		return new AuditTrail(this.listeners, () -> who, this.clock);
	}

	/**
	 * Who acts now, for what keeps a name.
	 * @return a name, for people; empty if nobody knows
	 */
	public String actor() {
		String who = who();
		return who.equals(AuditPrincipal.UNKNOWN.name()) ? "" : who;
	}

	/**
	 * Has something done, and tells the listeners.
	 * @param <T> what comes of it
	 * @param act what is done
	 * @param step does it
	 * @param count counts what was changed by what came of it
	 * @return what came of it
	 */
	public <T> T record(Act act, Supplier<T> step, ToLongFunction<T> count) {
		T done;
		try {
			done = step.get();
		}
		catch (RuntimeException ex) {
			tell(act, (ex instanceof CountedFailure counted) ? counted.count() : 0, ex);
			throw ex;
		}
		tell(act, count.applyAsLong(done), null);
		return done;
	}

	/**
	 * Has something done that changes one thing, and tells the listeners.
	 * @param act what is done
	 * @param step does it
	 */
	public void record(Act act, Runnable step) {
		record(act, () -> {
			step.run();
			return 1;
		}, Integer::longValue);
	}

	private void tell(Act act, long count, @Nullable RuntimeException failure) {
		if (this.listeners.isEmpty()) {
			return;
		}
		String text = (failure != null) ? failure.getClass().getSimpleName() + ": " + failure.getMessage() : null;
		AuditEvent event = new AuditEvent(this.clock.instant(), who(), act, count, text);
		for (AuditListener listener : this.listeners) {
			try {
				listener.onAct(event);
			}
			// Whatever it is: the act is done, and others want to be told.
			catch (Throwable ex) {
				logger.warn("Listener {} failed when it was told of an act. The act is done: {}",
						listener.getClass().getName(), event.text(), ex);
			}
		}
	}

	private String who() {
		try {
			return this.principal.name();
		}
		catch (RuntimeException ex) {
			logger.warn("{} cannot tell who acts", this.principal.getClass().getName(), ex);
			return AuditPrincipal.UNKNOWN.name();
		}
	}

}
