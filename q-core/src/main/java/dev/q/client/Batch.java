package dev.q.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.store.InsertGroup;
import dev.q.store.WorkStore;

/**
 * Jobs that are stored together or not at all.
 *
 * @param drafts at least one, all for one group
 */
record Batch(List<Draft> drafts) {

	/**
	 * Most bytes of payloads of a batch, and one job more: stores and their servers hold
	 * all of it in memory, and do little else meanwhile.
	 */
	static final int MAX_BYTES = 8 * 1024 * 1024;

	Batch {
		drafts = List.copyOf(drafts);
	}

	/**
	 * Splits jobs into batches. The jobs of a queue keep their order, so a batch ends
	 * where the next job of its queue does not go with the one before.
	 * @param drafts the jobs
	 * @return the batches, queue by queue
	 */
	static List<Batch> of(List<Draft> drafts) {
		if (drafts.size() == 1) {
			return List.of(new Batch(drafts));
		}
		Map<QueueName, List<Run>> runs = new LinkedHashMap<>();
		for (Draft draft : drafts) {
			append(draft, runs.computeIfAbsent(draft.queue(), (queue) -> new ArrayList<>()));
		}
		return runs.values().stream().flatMap(Collection::stream).map((run) -> new Batch(run.drafts)).toList();
	}

	private static void append(Draft draft, List<Run> runs) {
		Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
		if (last == null || !last.takes(draft)) {
			last = new Run();
			runs.add(last);
		}
		last.add(draft);
	}

	/** How large the payloads are, all together. */
	long bytes() {
		long sum = 0;
		for (Draft draft : this.drafts) {
			sum += draft.bytes();
		}
		return sum;
	}

	QueueName queue() {
		return this.drafts.get(0).queue();
	}

	InsertGroup group() {
		List<NewJob> jobs = new ArrayList<>(this.drafts.size());
		for (Draft draft : this.drafts) {
			jobs.add(draft.job());
		}
		return new InsertGroup(queue(), jobs, this.drafts.get(0).maxLength());
	}

	/**
	 * A batch that is being filled.
	 */
	private static final class Run {

		private final List<Draft> drafts = new ArrayList<>();

		private long bytes;

		boolean takes(Draft draft) {
			return this.drafts.size() < WorkStore.MAX_GROUP && this.bytes < MAX_BYTES
					&& this.drafts.get(0).goesWith(draft);
		}

		void add(Draft draft) {
			this.drafts.add(draft);
			this.bytes += draft.bytes();
		}

	}

}
