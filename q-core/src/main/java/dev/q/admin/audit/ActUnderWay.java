package dev.q.admin.audit;

import java.util.function.LongSupplier;

/**
 * Something that somebody is doing. Equal to itself alone: the same may be done twice at
 * once.
 */
final class ActUnderWay {

	private final Act act;

	private final String who;

	private final LongSupplier soFar;

	ActUnderWay(Act act, String who, LongSupplier soFar) {
		this.act = act;
		this.who = who;
		this.soFar = soFar;
	}

	Act act() {
		return this.act;
	}

	String who() {
		return this.who;
	}

	/** How much is changed until now. */
	LongSupplier soFar() {
		return this.soFar;
	}

}
