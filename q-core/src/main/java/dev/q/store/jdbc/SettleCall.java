package dev.q.store.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import dev.q.job.JobId;
import dev.q.job.Millis;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.ReleaseReason;
import dev.q.job.StoredResult;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.call.Columns;
import dev.q.store.jdbc.call.Rows;
import dev.q.store.jdbc.layout.ErrorText;
import dev.q.store.jdbc.layout.JobRow;
import dev.q.store.jdbc.layout.Leases;
import dev.q.store.jdbc.signal.News;
import org.jspecify.annotations.Nullable;

/**
 * How settlements are sent, and how the answer is read. Those that end a job go apart
 * from those that put it back.
 */
final class SettleCall {

	private static final short SUCCEEDED = 5;

	private static final short DEAD = 6;

	private static final short CANCELLED = 7;

	/** Longer than any delay that is meant, and short enough to be added to any time. */
	private static final long LONGEST_DELAY = Duration.ofDays(365_000).toMillis();

	private final Retention retention;

	private final LeaseAnswer[] answers;

	private final List<Item> ends = new ArrayList<>();

	private final List<Item> backs = new ArrayList<>();

	/** Jobs that have their keys now, or that claims may have passed over. */
	private final News heirs = new News();

	SettleCall(List<Settlement> settlements, Retention retention) {
		this.retention = retention;
		this.answers = new LeaseAnswer[settlements.size()];
		Arrays.fill(this.answers, LeaseAnswer.LOST);
		for (int i = 0; i < this.answers.length; i++) {
			Settlement settlement = settlements.get(i);
			Long token = Leases.number(settlement.lease());
			if (token != null) {
				boolean isBack = settlement.outcome() instanceof Outcome.Retry
						|| settlement.outcome() instanceof Outcome.Released;
				(isBack ? this.backs : this.ends).add(new Item(i, settlement, token));
			}
		}
	}

	boolean isEmpty() {
		return this.ends.isEmpty() && this.backs.isEmpty();
	}

	/** In the transaction of a caller claims may pass over what goes back. */
	Args args(boolean isJoined) {
		return new Args().ids(ends(Item::job))
			.texts(ends(Item::queue))
			.numbers(ends(Item::token))
			.smalls(ends(Item::state))
			.ints(ends(Item::failed))
			.texts(ends(Item::error))
			.texts(ends(Item::deadReason))
			.texts(ends(Item::cancelReason))
			.texts(ends(Item::resultType))
			.blobs(ends(Item::result))
			.texts(ends(Item::omitted))
			.smalls(kept())
			.ids(backs(Item::job))
			.texts(backs(Item::queue))
			.numbers(backs(Item::token))
			.smalls(backs(Item::kind))
			.numbers(backs(Item::delay))
			.texts(backs(Item::error))
			.flag(isJoined);
	}

	private <T> List<@Nullable T> ends(Columns.Part<Item, T> part) {
		return Columns.of(this.ends, part);
	}

	private <T> List<@Nullable T> backs(Columns.Part<Item, T> part) {
		return Columns.of(this.backs, part);
	}

	private List<Short> kept() {
		List<Short> kept = new ArrayList<>();
		if (this.retention.keepsSucceeded()) {
			kept.add(SUCCEEDED);
		}
		if (!this.retention.dead().isZero()) {
			kept.add(DEAD);
		}
		if (!this.retention.cancelled().isZero()) {
			kept.add(CANCELLED);
		}
		return kept;
	}

	/** Takes down the answer. */
	boolean take(ResultSet row) throws SQLException {
		note(row.getArray("ended"), this.ends);
		note(row.getArray("back"), this.backs);
		this.heirs.readied(Rows.readied(row));
		return true;
	}

	private void note(@Nullable Array places, List<Item> items) throws SQLException {
		if (places != null) {
			for (Integer place : (Integer[]) places.getArray()) {
				this.answers[items.get(place - 1).place()] = LeaseAnswer.APPLIED;
			}
		}
	}

	List<LeaseAnswer> answers() {
		return Collections.unmodifiableList(Arrays.asList(this.answers));
	}

	/**
	 * Jobs that went back, or need not wait any more, may be claimed, or be the first to
	 * be due.
	 */
	News news() {
		News news = new News();
		this.backs.stream()
			.filter((item) -> this.answers[item.place()] == LeaseAnswer.APPLIED)
			.forEach((item) -> news.ready(item.queue()));
		news.add(this.heirs);
		return news;
	}

	/** The queues of jobs that succeeded, each as often as there are such jobs. */
	List<QueueName> successes() {
		return this.ends.stream()
			.filter((item) -> item.state() == SUCCEEDED && this.answers[item.place()] == LeaseAnswer.APPLIED)
			.map(Item::queue)
			.toList();
	}

	/**
	 * One settlement.
	 *
	 * @param place among all settlements
	 */
	private record Item(int place, Settlement settlement, Long token) {

		JobId job() {
			return this.settlement.lease().job();
		}

		QueueName queue() {
			return this.settlement.lease().queue();
		}

		Outcome outcome() {
			return this.settlement.outcome();
		}

		short state() {
			if (outcome() instanceof Outcome.Dead) {
				return DEAD;
			}
			return (outcome() instanceof Outcome.Cancelled) ? CANCELLED : SUCCEEDED;
		}

		@Nullable Integer failed() {
			return (outcome() instanceof Outcome.Dead dead && dead.reason().countsAsFailure()) ? 1 : null;
		}

		@Nullable String error() {
			if (outcome() instanceof Outcome.Dead dead) {
				return ErrorText.of(dead.error());
			}
			return (outcome() instanceof Outcome.Retry retry) ? ErrorText.of(retry.error()) : null;
		}

		@Nullable String deadReason() {
			return (outcome() instanceof Outcome.Dead dead) ? dead.reason().name() : null;
		}

		@Nullable String cancelReason() {
			return (outcome() instanceof Outcome.Cancelled cancelled) ? JobRow.line(cancelled.reason()) : null;
		}

		@Nullable StoredResult storedResult() {
			return (outcome() instanceof Outcome.Succeeded succeeded) ? succeeded.result() : null;
		}

		@Nullable String resultType() {
			return (storedResult() instanceof StoredResult.Value value) ? value.payload().contentType() : null;
		}

		byte @Nullable [] result() {
			return (storedResult() instanceof StoredResult.Value value) ? value.payload().toByteArray() : null;
		}

		@Nullable String omitted() {
			return (storedResult() instanceof StoredResult.Omitted omitted) ? JobRow.line(omitted.reason()) : null;
		}

		/** As {@code q_back_v1} counts them. */
		short kind() {
			if (outcome() instanceof Outcome.Released released) {
				ReleaseReason reason = released.reason();
				return switch (reason) {
					case SHUTDOWN -> 2;
					case SNOOZE -> 3;
					case NACK -> 4;
					case NO_HANDLER -> 5;
				};
			}
			return 1;
		}

		/** A settlement must not fail for a delay beyond all time. */
		Long delay() {
			Duration delay = (outcome() instanceof Outcome.Released released) ? released.delay()
					: ((Outcome.Retry) outcome()).delay();
			return Math.min(Millis.of(delay), LONGEST_DELAY);
		}

	}

}
