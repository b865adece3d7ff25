package dev.q;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.q.job.DeliveryMode;
import dev.q.job.UniqueKey;

/**
 * Makes a method the handler of a job type. The method may take the payload first, a
 * {@link JobContext} second, or neither; what it returns is the result, unless it is a
 * {@link JobOutcome}. It may be of any visibility, and runs on many threads at once. What
 * it returns is there when it returns: a future or a publisher is refused.
 *
 * <p>
 * Handlers are called on one instance of their bean, also where the bean is of scope
 * prototype; a scoped proxy gives them an instance of that scope for each call.
 *
 * <p>
 * What is said here of jobs is written into a job where it is enqueued, unless the call
 * says otherwise. A process that has no such handler knows it if it enqueues by a
 * {@link HandlerReference}; else it uses its own settings for the queue or the
 * application in its place. {@link #retry()} and {@link #timeout()} also count on the
 * worker, for jobs that came without. {@link #retryOn()}, {@link #noRetryOn()},
 * {@link #concurrency()} and {@link #transactional()} are about the handler, and count
 * there alone.
 *
 * <p>
 * Options that are of one job alone, such as a delay, a deadline, an id, headers and
 * tags, are for the call to say.
 *
 * <pre>
 * &#64;JobHandler("welcome-email")
 * void welcome(Welcome welcome) {
 *     ...
 * }
 * </pre>
 *
 * @since 0.1
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface JobHandler {

	/**
	 * Wire name of the job type: 1 to 128 characters of {@code [A-Za-z0-9._-]}. It is
	 * stored with each job, so it must stay when the method is renamed.
	 * @return the name
	 */
	String value();

	/**
	 * Queue of jobs whose enqueue names none.
	 * @return name of the queue; empty for {@code default}
	 */
	String queue() default "";

	/**
	 * Priority of jobs whose enqueue names none.
	 * @return 0 to 9, 0 first; -1 for the one of the queue or of the application
	 */
	int priority() default -1;

	/**
	 * Failures after which a job is dead. Counts where the job is enqueued; see above.
	 * @return 1 or more; 0 for the number of the queue or of the application
	 */
	int maxAttempts() default 0;

	/**
	 * Lost workers after which a job is dead. Counts where the job is enqueued.
	 * @return 1 or more; 0 for the number of the queue or of the application
	 */
	int maxCrashes() default 0;

	/**
	 * How often a job may be handed out when things go wrong. Counts where the job is
	 * enqueued. {@link DeliveryMode#AT_MOST_ONCE} leaves no room for a second attempt, so
	 * {@link #maxAttempts()} must be left out, or 1.
	 * @return one mode; none for the one of the queue or of the application
	 */
	DeliveryMode[] delivery() default {};

	/**
	 * How safe a job must be before its enqueue returns: {@code standard},
	 * {@code relaxed}, or {@code replicated(1, 5s)} with how many copies and how long to
	 * wait for them. Counts where the job is enqueued. Jobs of schedules are stored as
	 * the store's own setting has it.
	 * @return the level; empty for the one of the queue or of the application
	 */
	String durability() default "";

	/**
	 * At which age a job expires that has not ended, such as {@code 12h}. Counts where
	 * the job is enqueued.
	 * @return more than zero; empty for the one of the queue or of the application
	 */
	String timeToLive() default "";

	/**
	 * That jobs of equal payload are one, and for how long: {@code pending},
	 * {@code until-done}, {@code until-success} or {@code window(10m)}, as in
	 * {@link UniqueKey.Scope}. Counts where the job is enqueued. A call whose job is to
	 * be apart gives it a key of its own.
	 * @return the scope; empty for the one of the queue, if it has one
	 */
	String uniqueByPayload() default "";

	/**
	 * What happens to a job when there is one of its payload. Goes with
	 * {@link #uniqueByPayload()}.
	 * @return the holder is named in the receipt unless set
	 */
	UniqueKey.Conflict uniqueConflict() default UniqueKey.Conflict.RETURN_EXISTING;

	/**
	 * What an enqueue has to do with the transaction of its caller. Counts where the job
	 * is enqueued. Has nothing to do with {@link #transactional()}.
	 * @return one mode; none for the one of the queue or of the application
	 */
	TransactionMode[] transaction() default {};

	/**
	 * How long to wait between attempts: {@code sidekiq}, {@code fixed(10s)},
	 * {@code linear(30s)}, {@code exponential(1s, 2, 1h, 0.2)} with first delay, factor,
	 * longest delay and jitter, or the name of a {@link JobRetryPolicy} bean. Counts on
	 * the worker too.
	 * @return the policy; empty for the one of the queue or of the application
	 */
	String retry() default "";

	/**
	 * Failures after which another attempt is made; all others make the job dead at once.
	 * A subclass counts like its superclass unless {@link #noRetryOn()} names a nearer
	 * one. Of {@code JobOutcome.fail} the cause counts, and an attempt that ran too long
	 * failed with a {@link JobTimeoutException}. Counts on the worker.
	 * @return classes of failures; empty for all
	 */
	Class<? extends Throwable>[] retryOn() default {};

	/**
	 * Failures that make the job dead at once, as a {@link PermanentJobException} does. A
	 * subclass counts like its superclass unless {@link #retryOn()} names a nearer one.
	 * Counts on the worker.
	 * @return classes of failures; empty for none
	 */
	Class<? extends Throwable>[] noRetryOn() default {};

	/**
	 * How long one attempt may run, such as {@code 90s}. Then the handler is told by
	 * {@link JobContext#shouldStop()} and interrupted, and what it throws is a failure by
	 * {@link JobTimeoutException}. If it still runs after the grace of the worker, its
	 * attempt is recorded as failed with the stack of its thread, which is given up.
	 * Counts on the worker too, for jobs that came without a timeout.
	 * @return more than zero; empty for no limit
	 */
	String timeout() default "";

	/**
	 * How long a claim holds without renewal, such as {@code 30s}. Counts where the job
	 * is enqueued; see above.
	 * @return 1 s to 24 h; empty for the worker's own setting
	 */
	String lease() default "";

	/**
	 * How many attempts of this handler may run at once in this process, whatever its
	 * worker groups have slots for; {@code q.handlers.<type>.concurrency} goes before it.
	 * Counts on the worker.
	 *
	 * <p>
	 * An attempt that must wait for its turn waits in the slot that it has, first come,
	 * first served. Meanwhile its lease is renewed and its timeout does not run; if its
	 * worker stops or its job is lost, the wait ends and the handler never sees the job.
	 * A slot that waits does nothing else, so a handler whose jobs pile up belongs in a
	 * queue and a worker group of its own, where nobody stands behind it. An attempt that
	 * was given up after its timeout has had its turn, though its thread may still run.
	 * @return 1 or more; 0 for as many as there are slots
	 */
	int concurrency() default 0;

	/**
	 * Whether the handler runs in a Spring transaction of its own, in which its job is
	 * settled as the last act before the commit: what it writes to the database is there
	 * exactly if the job is done, however often the job is delivered. Needs a store that
	 * keeps the jobs in the database of the application's primary transaction manager;
	 * else the worker does not start. Counts on the worker.
	 *
	 * <p>
	 * An attempt that fails is rolled back: by an exception of whatever kind, by
	 * {@link JobOutcome#fail} or {@link JobOutcome#retryAt}, or because the job was lost
	 * or the commit failed. All other outcomes commit. What the handler calls takes part
	 * if it is transactional itself, unless it asks for a transaction of its own.
	 * @return false unless set
	 */
	boolean transactional() default false;

}
