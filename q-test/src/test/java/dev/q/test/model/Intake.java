package dev.q.test.model;

import java.util.ArrayList;
import java.util.List;

import dev.q.job.JobState;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;

/**
 * What becomes of jobs that are stored. A group is stored job by job, and taken out again
 * if too many wait then.
 *
 * @param books what is known
 * @param order who comes first
 * @param keys unique keys
 */
record Intake(Books books, Order order, Keys keys) {

	InsertAnswer insert(InsertGroup group) {
		QueueName queue = group.queue();
		if (this.books.pause(queue).stopsIn()) {
			return new InsertAnswer.Paused();
		}
		int length = waiting(queue);
		List<ModelJob> stored = new ArrayList<>();
		List<InsertAnswer.Entry> entries = group.jobs().stream().map((job) -> insert(job, stored)).toList();
		if (group.maxLength() > 0 && !stored.isEmpty() && waiting(queue) > group.maxLength()) {
			stored.forEach(this.books::remove);
			return new InsertAnswer.Full(group.maxLength(), length);
		}
		return new InsertAnswer.Accepted(entries);
	}

	private InsertAnswer.Entry insert(NewJob job, List<ModelJob> stored) {
		ModelJob known = this.books.find(job.spec().queue(), job.id())
			.or(() -> this.keys.holder(job.spec()))
			.orElse(null);
		if (known != null) {
			return new InsertAnswer.Entry(known.id, false);
		}
		ModelJob added = this.books.add(job);
		this.order.await(added, added.runAt, JobState.SCHEDULED);
		stored.add(added);
		return new InsertAnswer.Entry(job.id(), true);
	}

	private int waiting(QueueName queue) {
		return this.books.jobs(queue, (job) -> job.state.isWaiting()).size();
	}

}
