package dev.q.store.redis.layout;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.q.job.JobError;
import dev.q.job.WorkerId;
import dev.q.job.history.AttemptHistory;
import dev.q.job.history.AttemptOutcome;
import dev.q.job.history.AttemptRecord;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * What was noted of the attempts of a job, as bytes: the last failure and its length,
 * then for each attempt
 *
 * <pre>
 * number (4) | start, end (6 each, ms) | letter of the outcome (1) | mark (1) |
 * length of the worker (2), worker | length of the failure (4), failure
 * </pre>
 *
 * The mark is {@code -} if there was no failure, {@code !} if it follows, and {@code =}
 * if it is the last one, which stands here once. All in one value, under one key, so that
 * it goes with the job, and a job that has none costs nothing. Scripts write it; this
 * only reads.
 *
 * @since 0.1
 */
public final class AttemptBook {

	private AttemptBook() {
	}

	/**
	 * Reads what was noted.
	 * @param bytes as written, or nothing
	 * @return the attempts
	 */
	public static AttemptHistory read(byte[] bytes) {
		if (bytes.length == 0) {
			return AttemptHistory.NONE;
		}
		ByteReader in = new ByteReader(bytes, 0);
		JobError last = Remains.error(in.raw((int) in.number(4)));
		List<AttemptRecord> attempts = new ArrayList<>();
		while (!in.isAtEnd()) {
			attempts.add(attempt(in, last));
		}
		// The last failure is kept whole, however old it is.
		attempts.subList(0, Math.max(0, attempts.size() - AttemptHistory.STACK_TRACES))
			.replaceAll(AttemptRecord::withoutStackTrace);
		return new AttemptHistory(attempts);
	}

	private static AttemptRecord attempt(ByteReader in, @Nullable JobError last) {
		int number = (int) in.number(4);
		Instant start = Instant.ofEpochMilli(in.number(6));
		Instant end = Instant.ofEpochMilli(in.number(6));
		AttemptOutcome outcome = outcome((char) in.number(1));
		char mark = (char) in.number(1);
		String worker = new String(in.raw((int) in.number(2)), StandardCharsets.UTF_8);
		JobError own = Remains.error(in.raw((int) in.number(4)));
		return new AttemptRecord(number, outcome, worker.isEmpty() ? null : new WorkerId(worker), start, end,
				(mark == '=') ? Objects.requireNonNull(last) : own);
	}

	/**
	 * Letters of outcomes as {@link SettleCall} sends them, and two that others write.
	 */
	private static AttemptOutcome outcome(char letter) {
		return switch (letter) {
			case 'T' -> AttemptOutcome.FAILED;
			case 'X' -> AttemptOutcome.DEAD;
			case 'C' -> AttemptOutcome.CANCELLED;
			case 'E' -> AttemptOutcome.EXPIRED;
			case 'Q' -> AttemptOutcome.RELEASED;
			case 'N' -> AttemptOutcome.REFUSED;
			case 'Z' -> AttemptOutcome.SNOOZED;
			case 'H' -> AttemptOutcome.UNHANDLED;
			case 'L' -> AttemptOutcome.LOST;
			default -> throw new StoreException(
					"An attempt in Redis ended in a way '%s', which this version does not know".formatted(letter));
		};
	}

}
