package dev.q.admin.audit;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
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

	/** What is being done, also by copies: whoever takes one away tells of it. */
	private final Set<ActUnderWay> underWay;

	/**
	 * Makes a trail.
	 * @param listeners who is told, in this order
	 * @param principal tells who acts
	 * @param clock the time
	 */
	public AuditTrail(List<? extends AuditListener> listeners, AuditPrincipal principal, InstantSource clock) {
		this(listeners, principal, clock, ConcurrentHashMap.newKeySet());
	}

	private AuditTrail(List<? extends AuditListener> listeners, AuditPrincipal principal, InstantSource clock,
			Set<ActUnderWay> underWay) {
		this.listeners = List.copyOf(listeners);
		this.principal = principal;
		this.clock = clock;
		this.underWay = underWay;
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
		return new AuditTrail(this.listeners, () -> who, this.clock, this.underWay);
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
		return record(act, step, count, () -> 0);
	}

	/**
	 * Has something done that may fail half-way, and tells the listeners.
	 * @param <T> what comes of it
	 * @param act what is done
	 * @param step does it
	 * @param count counts what was changed by what came of it
	 * @param soFar counts what was changed until now; asked by any thread
	 * @return what came of it
	 */
	public <T> T record(Act act, Supplier<T> step, ToLongFunction<T> count, LongSupplier soFar) {
		if (this.listeners.isEmpty()) {
			return step.get();
		}
		ActUnderWay begun = new ActUnderWay(act, who(), soFar);
		this.underWay.add(begun);
		try {
			T done = done(begun, step);
			tell(begun, count.applyAsLong(done), null);
			return done;
		}
		finally {
			this.underWay.remove(begun);
		}
	}

	private <T> T done(ActUnderWay begun, Supplier<T> step) {
		try {
			return step.get();
		}
		catch (RuntimeException | Error ex) {
			tell(begun, begun.soFar().getAsLong(), ex.getClass().getSimpleName() + ": " + ex.getMessage());
			throw ex;
		}
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

	/**
	 * Tells the listeners of what is still being done, since nobody waits for it any
	 * more. They are told nothing of it when it ends after all.
	 * @param why why nobody waits
	 */
	public void abandon(String why) {
		this.underWay.forEach((act) -> tell(act, act.soFar().getAsLong(), why));
	}

	private void tell(ActUnderWay begun, long count, @Nullable String failure) {
		if (!this.underWay.remove(begun)) {
			return;
		}
		AuditEvent event = new AuditEvent(this.clock.instant(), begun.who(), begun.act(), count, failure);
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
