package dev.q.metrics;

import java.util.Locale;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Tag;

/**
 * The tags of the meters of Q.
 *
 * @since 0.1
 */
public enum MeterTag implements KeyName {

	/**
	 * Name of a queue. The queues beyond the first hundred that a process meets share the
	 * value {@code other}.
	 */
	QUEUE("name of the queue; `other` for those beyond the first hundred that the process meets"),

	/**
	 * Wire name of a handler that this process knows; {@code unknown} for all others.
	 */
	HANDLER("wire name of the handler; `unknown` for types that no handler of this process is for"),

	/** What became of an attempt. */
	OUTCOME("`succeeded`, `retried`, `dead`, `cancelled` or `released`"),

	/** State of jobs. */
	STATE("state of the jobs: `ready`, `scheduled`, `running` and so on"),

	/** Why, in one word. */
	REASON("why, in a word of a fixed list"),

	/** Name of a worker group. */
	GROUP("name of the worker group");

	private final String meaning;

	MeterTag(String meaning) {
		this.meaning = meaning;
	}

	@Override
	public String asString() {
		return name().toLowerCase(Locale.ROOT);
	}

	Tag tag(String value) {
		return Tag.of(asString(), value);
	}

	/**
	 * What the tag says.
	 * @return a sentence for people, in Markdown
	 */
	public String meaning() {
		return this.meaning;
	}

}
