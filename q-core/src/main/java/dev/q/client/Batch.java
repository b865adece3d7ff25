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
		Map<QueueName, List<List<Draft>>> runs = new LinkedHashMap<>();
		for (Draft draft : drafts) {
			append(draft, runs.computeIfAbsent(draft.queue(), (queue) -> new ArrayList<>()));
		}
		return runs.values().stream().flatMap(Collection::stream).map(Batch::new).toList();
	}

	private static void append(Draft draft, List<List<Draft>> runs) {
		List<Draft> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
		if (last.isEmpty() || last.size() == WorkStore.MAX_GROUP || !last.get(0).goesWith(draft)) {
			last = new ArrayList<>();
			runs.add(last);
		}
		last.add(draft);
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

}
