package dev.q.store.redis.layout;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.JobTimes;
import dev.q.job.WorkerId;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stands, as one line of text:
 *
 * <pre>
 * state letter, mark | failures,deliveries,crashes,nacks,releases | due | started |
 * unhandled since | finished | worker | expires | u if it has a unique key
 * </pre>
 *
 * Times are milliseconds since 1970; what does not apply is empty. The mark is the nonce
 * of the claim for a running job, and for a ready one what its entry in the list bears,
 * so that an entry which was left behind is known. Scripts write lines; this only reads
 * them.
 *
 * @since 0.1
 */
public final class StateLine {

	private static final int FIELDS = 9;

	private static final String READY = "Q";

	/** Due time of a job on hold: the millisecond after {@link Due#LATEST}. */
	private static final String NEVER = "253402300800000";

	private final String[] fields;

	private StateLine(String[] fields) {
		this.fields = fields;
	}

	/**
	 * Reads a line.
	 * @param bytes the line, or nothing for a job to which nothing has happened
	 * @return the line
	 */
	public static StateLine of(byte[] bytes) {
		if (bytes.length == 0) {
			return new StateLine(new String[] { READY, "0,0,0,0,0", "", "", "", "", "", "", "" });
		}
		String[] fields = new String(bytes, StandardCharsets.US_ASCII).split("\\|", -1);
		if (fields.length < FIELDS || fields[0].isEmpty()) {
			throw new StoreException(
					"The state of a job in Redis has %d fields, where %d were to be. Something else than Q wrote it"
						.formatted(fields.length, FIELDS));
		}
		return new StateLine(fields);
	}

	/**
	 * The job as it stands.
	 * @param id its identity
	 * @param record what it is
	 * @return the job
	 */
	public Job toJob(JobId id, JobRecord record) {
		return new Job(id, record.spec(), state(), counters(), times(record));
	}

	/**
	 * The job as it is once it was claimed.
	 * @param id its identity
	 * @param record what it is
	 * @param now when it was claimed
	 * @return the job, running
	 */
	public Job claimed(JobId id, JobRecord record, Instant now) {
		return new Job(id, record.spec(), JobState.RUNNING, counters().delivered(), times(record).started(now));
	}

	/**
	 * Who runs the job.
	 * @return the worker, or null if nobody does
	 */
	public @Nullable WorkerId worker() {
		return this.fields[6].isEmpty() ? null : new WorkerId(this.fields[6]);
	}

	/**
	 * The letter of the state, as scripts write it.
	 * @return one letter
	 */
	String letter() {
		return this.fields[0].substring(0, 1);
	}

	/**
	 * The letters of states, as scripts write them.
	 * @param states the states
	 * @return one letter for each
	 */
	public static String letters(Set<JobState> states) {
		return states.stream().map(StateLine::letter).collect(Collectors.joining());
	}

	private static String letter(JobState state) {
		return switch (state) {
			case READY -> READY;
			case SCHEDULED -> "S";
			case RETRYING -> "T";
			case BLOCKED -> "B";
			case RUNNING -> "R";
			case SUCCEEDED -> "D";
			case DEAD -> "X";
			case CANCELLED -> "C";
			case EXPIRED -> "E";
		};
	}

	private JobState state() {
		return switch (this.fields[0].charAt(0)) {
			case 'Q' -> JobState.READY;
			case 'S' -> JobState.SCHEDULED;
			case 'T' -> JobState.RETRYING;
			case 'B' -> JobState.BLOCKED;
			case 'R' -> JobState.RUNNING;
			case 'D' -> JobState.SUCCEEDED;
			case 'X' -> JobState.DEAD;
			case 'C' -> JobState.CANCELLED;
			case 'E' -> JobState.EXPIRED;
			default -> throw new StoreException(
					"A job in Redis is in state %s, which this version does not know".formatted(this.fields[0]));
		};
	}

	private JobCounters counters() {
		String[] counts = this.fields[1].split(",", -1);
		return new JobCounters(Integer.parseInt(counts[0]), Integer.parseInt(counts[1]), Integer.parseInt(counts[2]),
				Integer.parseInt(counts[3]), Integer.parseInt(counts[4]));
	}

	private JobTimes times(JobRecord record) {
		return new JobTimes(record.createdAt(), due(record), time(7), time(3), time(5), time(4));
	}

	private @Nullable Instant due(JobRecord record) {
		if (this.fields[2].equals(NEVER)) {
			return null;
		}
		Instant due = time(2);
		return (due != null) ? due : record.createdAt();
	}

	private @Nullable Instant time(int field) {
		return this.fields[field].isEmpty() ? null : Instant.ofEpochMilli(Long.parseLong(this.fields[field]));
	}

}
