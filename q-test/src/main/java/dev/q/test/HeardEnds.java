package dev.q.test;

import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.InsertGroup;
import dev.q.store.JobStore;
import dev.q.store.StoreListener.Ended;
import dev.q.store.StoreListener.Ends;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hears of the ends of jobs that somebody waits for.
 *
 * @since 0.1
 */
public final class HeardEnds implements Ends {

	private static final long PATIENCE = TimeUnit.SECONDS.toMillis(20);

	private static final long SHORT = 50;

	private final LinkedBlockingQueue<Ended> news = new LinkedBlockingQueue<>();

	@Override
	public void ended(Ended end) {
		this.news.add(end);
	}

	/**
	 * Waits for the end of a job. Ends of others that come before it are forgotten.
	 * @param id which job
	 * @return how it ended
	 */
	public Ended await(JobId id) {
		Ended end = await(id, PATIENCE);
		if (end == null) {
			throw new AssertionError("Nobody tells of the end of job %s".formatted(id));
		}
		return end;
	}

	private @Nullable Ended await(JobId id, long millis) {
		try {
			Ended next = this.news.poll(millis, TimeUnit.MILLISECONDS);
			while (next != null && !next.id().equals(id)) {
				next = this.news.poll(millis, TimeUnit.MILLISECONDS);
			}
			return next;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return null;
		}
	}

	/**
	 * Waits until a node knows of all jobs that were said to be waited for before. It
	 * must listen.
	 * @param here where that was said
	 * @param other the node
	 */
	public void awaitKnown(JobStore here, JobStore other) {
		boolean isKnown = false;
		for (int i = 0; i < 100 && !isKnown; i++) {
			JobDraft marker = JobDraft.aJob().in(new QueueName("marker"));
			here.work().insert(List.of(InsertGroup.of(List.of(marker.toNewJob()))));
			here.catalog().expectEnds(marker.spec().queue(), List.of(marker.id()));
			assertThat(await(marker.id(), SHORT)).as("nobody has ended it").isNull();
			other.control().delete(List.of(marker.id()));
			// Longer each time: a node may hear late, and does not hear sooner if asked
			// anew.
			isKnown = await(marker.id(), (4 + i) * SHORT) != null;
		}
		assertThat(isKnown).as("the other node hears what is said here").isTrue();
	}

	/**
	 * All that has arrived and that nobody has waited for.
	 * @return ends, in order
	 */
	public List<Ended> pending() {
		return List.copyOf(this.news);
	}

}
