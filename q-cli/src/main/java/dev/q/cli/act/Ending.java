package dev.q.cli.act;

import dev.q.admin.audit.AuditTrail;
import dev.q.cli.session.Stop;

/**
 * How an act ends that is asked to end early.
 *
 * @param stop asks for it
 * @param audit told of what is under way, if nobody waits for it any longer
 */
record Ending(Stop stop, AuditTrail audit) {

	boolean isAsked() {
		return this.stop.isAsked();
	}

	/** Whether what was done is still to be said. */
	boolean mayConclude() {
		return this.stop.mayConclude();
	}

	/**
	 * What is known of jobs that are being counted.
	 */
	void counting() {
		abandoning("Stopped: a call of the store was not answered",
				() -> this.stop.sayUnanswered("Jobs were being counted. Nothing was changed"));
	}

	/**
	 * What is known of jobs that are being changed.
	 * @param account says what was done, on another thread
	 */
	void changing(Runnable account) {
		abandoning("Stopped: the last call of the store was not answered, so up to %d more may be changed"
			.formatted(Pieces.MOST_TO_CHANGE), account);
	}

	private void abandoning(String why, Runnable account) {
		this.stop.ifUnanswered(() -> {
			this.audit.abandon(why);
			account.run();
		});
	}

	/**
	 * Says how far it came.
	 * @param changed how many jobs were changed
	 * @param most how many there were to come at most
	 * @param rest how to go on
	 */
	void sayUnanswered(long changed, long most, String rest) {
		String were = Counted.were(changed);
		this.stop
			.sayUnanswered((most > 0) ? "%s changed, and up to %d more may be: what the last call did is unknown. %s"
				.formatted(were, inDoubt(most), rest) : "%s changed. %s".formatted(were, rest));
	}

	/** How many jobs the last call may have changed. */
	static long inDoubt(long most) {
		return Math.min(most, Pieces.MOST_TO_CHANGE);
	}

}
