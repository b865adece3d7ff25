package dev.q.store.jdbc.layout;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

import dev.q.job.DeadReason;
import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.JobTimes;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.job.TypeName;
import dev.q.job.WorkerId;
import dev.q.job.history.AttemptOutcome;
import dev.q.job.history.AttemptRecord;
import dev.q.store.JobCatalog;
import dev.q.store.Pause;
import dev.q.store.PauseMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads jobs from rows. A row of a claim has a part of the columns of the view
 * {@code q_jobs}, by the same names.
 *
 * @since 0.1
 */
public final class JobRow {

	/** Due time of a job on hold: the millisecond after the last that can be. */
	private static final long NEVER = Due.LATEST.toEpochMilli() + 1;

	private final ResultSet row;

	/**
	 * Stands for the row that a result is at.
	 * @param row the result
	 */
	public JobRow(ResultSet row) {
		this.row = row;
	}

	/**
	 * Reads what a job is.
	 * @return the spec
	 * @throws SQLException if the row cannot be read
	 */
	public JobSpec spec() throws SQLException {
		SpecReader options = new SpecReader(this.row.getString("options"));
		return options.spec(new SpecReader.Head(new QueueName(this.row.getString("queue")),
				new TypeName(this.row.getString("type")),
				Payload.of(options.contentType(), this.row.getBytes("payload")), this.row.getInt("prio"),
				this.row.getInt("max_crashes")));
	}

	/**
	 * Reads a job that a claim brought.
	 * @return the job, running
	 * @throws SQLException if the row cannot be read
	 */
	public Job claimed() throws SQLException {
		return job(JobState.RUNNING, null);
	}

	/**
	 * Reads a job of the view.
	 * @return the job
	 * @throws SQLException if the row cannot be read
	 */
	public Job job() throws SQLException {
		return job(JobState.valueOf(this.row.getString("state")), instant("finished_ms"));
	}

	private Job job(JobState state, @Nullable Instant finishedAt) throws SQLException {
		JobCounters counters = new JobCounters(this.row.getInt("failures"), this.row.getInt("deliveries"),
				this.row.getInt("crashes"), this.row.getInt("nacks"), this.row.getInt("releases"));
		JobTimes times = new JobTimes(Instant.ofEpochMilli(this.row.getLong("created_ms")),
				due(this.row.getLong("run_ms")), instant("expires_ms"), instant("started_ms"), finishedAt,
				instant("unhandled_ms"));
		return new Job(new JobId(this.row.getObject("id", UUID.class)), spec(), state, counters, times);
	}

	/**
	 * Reads a due time.
	 * @param millis as it is stored
	 * @return the instant, or null of a job on hold
	 */
	public static @Nullable Instant due(long millis) {
		return (millis != NEVER) ? Instant.ofEpochMilli(millis) : null;
	}

	/**
	 * Reads all of a row of the view.
	 * @return the details
	 * @throws SQLException if the row cannot be read
	 */
	public JobDetails details() throws SQLException {
		String reason = this.row.getString("dead_reason");
		String worker = this.row.getString("worker");
		String cancelReason = this.row.getString("cancel_reason");
		return new JobDetails(job(), result(), ErrorText.read(this.row.getString("error")),
				(reason != null) ? DeadReason.valueOf(reason) : null,
				(cancelReason != null) ? Lines.unescape(cancelReason) : null,
				(worker != null) ? new WorkerId(worker) : null, instant("lease_until"));
	}

	/**
	 * Reads an attempt of a job.
	 * @return the attempt
	 * @throws SQLException if the row cannot be read
	 */
	public AttemptRecord attempt() throws SQLException {
		String worker = this.row.getString("worker");
		return new AttemptRecord(this.row.getInt("number"), AttemptOutcome.valueOf(this.row.getString("outcome")),
				(worker != null) ? new WorkerId(worker) : null, Instant.ofEpochMilli(this.row.getLong("started_ms")),
				instant("ended_ms"), ErrorText.read(this.row.getString("error")));
	}

	/**
	 * Reads all of a row of the view {@code q_standings}.
	 * @return the job, and what stands around it
	 * @throws SQLException if the row cannot be read
	 */
	public JobCatalog.Standing standing() throws SQLException {
		return new JobCatalog.Standing(details(), Instant.ofEpochMilli(this.row.getLong("now_ms")), pause(),
				id("holder"), this.row.getLong("ahead"), id("in_the_way"));
	}

	private @Nullable JobId id(String column) throws SQLException {
		UUID id = this.row.getObject(column, UUID.class);
		return (id != null) ? new JobId(id) : null;
	}

	/**
	 * Reads what the queue of a row does not do.
	 * @return all of it
	 * @throws SQLException if the row cannot be read
	 */
	public Pause pause() throws SQLException {
		String by = this.row.getString("paused_by");
		return new Pause(PauseMode.valueOf(this.row.getString("pause")), (by != null) ? Lines.unescape(by) : "",
				instant("paused_ms"));
	}

	private StoredResult result() throws SQLException {
		String omitted = this.row.getString("omitted");
		if (omitted != null) {
			return new StoredResult.Omitted(Lines.unescape(omitted));
		}
		String type = this.row.getString("result_type");
		return (type != null) ? new StoredResult.Value(Payload.of(type, this.row.getBytes("result")))
				: StoredResult.NONE;
	}

	private @Nullable Instant instant(String column) throws SQLException {
		long millis = this.row.getLong(column);
		return this.row.wasNull() ? null : Instant.ofEpochMilli(millis);
	}

	/**
	 * Writes text of people so that every column can hold it.
	 * @param text any characters
	 * @return one line
	 */
	public static String line(String text) {
		return Lines.escape(text);
	}

	/**
	 * Reads what {@link #line(String)} wrote.
	 * @param line one line
	 * @return the text
	 */
	public static String read(String line) {
		return Lines.unescape(line);
	}

}
