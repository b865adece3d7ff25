package dev.q.store.redis.layout;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a job, as the script {@code view} gives it.
 *
 * @since 0.1
 */
public final class JobView {

	private final JobId id;

	private final JobRecord record;

	private final StateLine line;

	private final List<?> parts;

	private JobView(JobId id, JobRecord record, StateLine line, List<?> parts) {
		this.id = id;
		this.record = record;
		this.line = line;
		this.parts = parts;
	}

	/**
	 * Reads what a script gave.
	 * @param queue where the job was found
	 * @param parts id, record, line, end of the lease, failure, ending
	 * @return the view
	 */
	public static JobView of(QueueName queue, List<?> parts) {
		JobId id = new ByteReader(bytes(parts, 0), 0).id();
		return new JobView(id, JobRecord.decode(queue, bytes(parts, 1)), StateLine.of(bytes(parts, 2)), parts);
	}

	/**
	 * The job.
	 * @return as it stands
	 */
	public Job job() {
		return this.line.toJob(this.id, this.record);
	}

	/**
	 * The job and what is known beside it.
	 * @return as it stands
	 */
	public JobDetails details() {
		byte[] ending = bytes(this.parts, 5);
		return new JobDetails(job(), Remains.result(ending), Remains.error(bytes(this.parts, 4)),
				Remains.deadReason(ending), Remains.cancelReason(ending), this.line.worker(), leasedUntil());
	}

	/**
	 * Writes by what the script {@code edit} knows that the job is as it was seen here.
	 * @param args to which it is added
	 * @return these arguments
	 */
	public Args fence(Args args) {
		byte[] whole = bytes(this.parts, 1);
		return args.add(this.id)
			.add(this.line.letter())
			.add(job().counters().deliveries())
			.add(Arrays.copyOfRange(whole, JobRecord.SERVER_HEAD, whole.length));
	}

	private @Nullable Instant leasedUntil() {
		byte[] score = bytes(this.parts, 3);
		return (score.length == 0) ? null
				: Instant.ofEpochMilli(Long.parseLong(new String(score, StandardCharsets.US_ASCII)));
	}

	private static byte[] bytes(List<?> parts, int at) {
		return (byte[]) parts.get(at);
	}

}
