package dev.q.store.redis;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

import dev.q.job.Names;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptRecord;
import dev.q.store.StoreException;
import dev.q.store.redis.layout.AttemptBook;
import dev.q.store.redis.layout.ByteReader;
import dev.q.store.redis.layout.JobView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what scripts give of jobs. One that cannot be read, because something else than Q
 * wrote it, must not hide the others.
 */
final class Views {

	private static final Logger logger = LoggerFactory.getLogger(Views.class);

	private static final int MOST_OF_REASON = 200;

	private Views() {
	}

	/**
	 * A part of each job, where the job can be read.
	 * @param views what a script gave of jobs
	 * @param part reads it
	 */
	static <T> List<T> readable(QueueName queue, List<?> views, Function<JobView, T> part) {
		List<T> readable = new ArrayList<>(views.size());
		for (Object view : views) {
			try {
				readable.add(part.apply(JobView.of(queue, (List<?>) view)));
			}
			catch (StoreException | IllegalArgumentException | IndexOutOfBoundsException | DateTimeException ex) {
				noteUnreadable(queue, (List<?>) view, ex);
			}
		}
		return readable;
	}

	/**
	 * What became of the attempts of a job.
	 * @param said what the script {@code attempts} gave of a job
	 */
	static List<AttemptRecord> attempts(QueueName queue, List<?> said) {
		try {
			JobView view = JobView.of(queue, (List<?>) said.get(0));
			return AttemptBook.read((byte[]) said.get(1)).of(view.details());
		}
		catch (StoreException | IllegalArgumentException | IndexOutOfBoundsException | DateTimeException ex) {
			noteUnreadable(queue, (List<?>) said.get(0), ex);
			return List.of();
		}
	}

	/**
	 * Tells of a job that cannot be read.
	 * @param view what a script gave of it, its id first
	 */
	static void noteUnreadable(QueueName queue, List<?> view, RuntimeException failure) {
		String id = id((byte[]) view.get(0));
		logger.error(
				"Job {} of queue {} in Redis cannot be read: {}. It is passed over, and dead after as many lost"
						+ " leases as it may have",
				id, queue, Names.printable(String.valueOf(failure.getMessage()), MOST_OF_REASON));
		logger.debug("How job {} could not be read", id, failure);
	}

	/** Who wrote the job may have written its id, too. */
	private static String id(byte[] id) {
		return (id.length == 2 * Long.BYTES) ? new ByteReader(id, 0).id().toString() : HexFormat.of().formatHex(id);
	}

}
