package dev.q.store.redis;

import java.util.ArrayList;
import java.util.List;

import dev.q.job.QueueName;
import dev.q.job.history.AttemptRecord;
import dev.q.store.StoreException;
import dev.q.store.redis.layout.AttemptBook;
import dev.q.store.redis.layout.JobView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what scripts give of jobs. One that cannot be read, because something else than Q
 * wrote it, must not hide the others.
 */
final class Views {

	private static final Logger logger = LoggerFactory.getLogger(Views.class);

	private Views() {
	}

	static List<JobView> readable(QueueName queue, List<?> views) {
		List<JobView> readable = new ArrayList<>(views.size());
		for (Object view : views) {
			try {
				readable.add(JobView.of(queue, (List<?>) view));
			}
			catch (StoreException | IllegalArgumentException ex) {
				noteUnreadable(queue, ex);
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
		catch (StoreException | IllegalArgumentException ex) {
			noteUnreadable(queue, ex);
			return List.of();
		}
	}

	static void noteUnreadable(QueueName queue, RuntimeException failure) {
		logger.error("A job of queue {} in Redis cannot be read. It is passed over, and dead after as many lost leases"
				+ " as it may have", queue, failure);
	}

}
