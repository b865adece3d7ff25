package dev.q.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * All observations of Q.
 *
 * @since 0.1
 */
public enum JobObservation implements ObservationDocumentation {

	/** A call that enqueues one job or several. */
	ENQUEUE("q.job.enqueue", "a call that enqueues one job or many", UsualEnqueueConvention.class,
			new KeyName[] { LowKey.STATUS }, new KeyName[] { HighKey.TYPE, HighKey.QUEUE, HighKey.JOB, HighKey.JOBS }),

	/** A call of a handler. */
	PROCESS("q.job.process", "an attempt: a call of a handler", UsualProcessConvention.class,
			new KeyName[] { LowKey.HANDLER, LowKey.OUTCOME },
			new KeyName[] { HighKey.QUEUE, HighKey.JOB, HighKey.ATTEMPT });

	private final String observation;

	private final String meaning;

	private final Class<? extends ObservationConvention<? extends Observation.Context>> convention;

	@SuppressWarnings("ImmutableEnumChecker") // never handed out, only copies
	private final KeyName[] low;

	@SuppressWarnings("ImmutableEnumChecker") // never handed out, only copies
	private final KeyName[] high;

	JobObservation(String observation, String meaning,
			Class<? extends ObservationConvention<? extends Observation.Context>> convention, KeyName[] low,
			KeyName[] high) {
		this.observation = observation;
		this.meaning = meaning;
		this.convention = convention;
		this.low = low;
		this.high = high;
	}

	@Override
	public String getName() {
		return this.observation;
	}

	@Override
	public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
		return this.convention;
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return this.low.clone();
	}

	@Override
	public KeyName[] getHighCardinalityKeyNames() {
		return this.high.clone();
	}

	/**
	 * What is observed.
	 * @return a sentence for people
	 */
	public String meaning() {
		return this.meaning;
	}

	/**
	 * Keys with few values, which are tags of meters too.
	 */
	public enum LowKey implements KeyName {

		/**
		 * What became of the jobs of a call: {@code stored}, {@code joined},
		 * {@code deferred}, {@code duplicate}, {@code updated}, {@code several} or
		 * {@code none}.
		 */
		STATUS("q.status"),

		/** Wire name of the handler. */
		HANDLER("q.handler"),

		/**
		 * What the handler wants: {@code done}, {@code failed}, {@code snooze},
		 * {@code retryat}, {@code nack} or {@code cancel}.
		 */
		OUTCOME("q.outcome");

		private final String key;

		LowKey(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * Keys with any number of values, for traces alone.
	 */
	public enum HighKey implements KeyName {

		/** Type of the job, as it was asked for. */
		TYPE("q.type"),

		/** Name of the queue. */
		QUEUE("q.queue"),

		/** Id of the job; of a call with several, of the first. */
		JOB("q.job"),

		/** How many jobs the call enqueues. */
		JOBS("q.jobs"),

		/** Number of the attempt. */
		ATTEMPT("q.attempt");

		private final String key;

		HighKey(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
