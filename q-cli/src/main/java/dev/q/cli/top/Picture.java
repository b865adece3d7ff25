package dev.q.cli.top;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.q.admin.view.JsonMap;
import dev.q.admin.view.StoreView;
import dev.q.cli.output.Lines;
import dev.q.cli.output.Table;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.JobStore;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;
import dev.q.store.WorkerInfo;
import org.jspecify.annotations.Nullable;

/**
 * A view, for programs and for people.
 *
 * @param store which store
 * @param view what was seen
 * @param before the last time that it was seen before, or null for the first one
 */
record Picture(JobStore store, View view, @Nullable View before) {

	/** The lines that are always there: where, who works, and how many jobs there are. */
	static final int LEAST = 3;

	/** The lines above the queues. */
	private static final int HEAD = LEAST + 2;

	/** The lines around the queues. */
	private static final int FRAME = HEAD + 2;

	private static final Comparator<QueueStats> BUSIEST_FIRST = Comparator
		.comparingLong((QueueStats queue) -> queue.count(JobState.READY))
		.thenComparingLong(QueueStats::waiting)
		.reversed()
		.thenComparing(QueueStats::queue);

	Map<String, Object> json() {
		JsonMap map = new JsonMap().with("at", this.view.at());
		View.Figures figures = this.view.figures();
		if (figures == null) {
			return map.with("store", this.store.name()).with("away", this.view.trouble()).map();
		}
		Function<QueueStats, @Nullable Rates> rates = rates();
		return map.withAll(StoreView.of(this.store, figures.queues(), figures.workers()).map())
			.with("queueStats", figures.queues().stream().sorted(BUSIEST_FIRST).map((queue) -> {
				Rates known = rates.apply(queue);
				return new JsonMap().withAll(StoreView.of(queue, figures.workers()))
					.with("oldestReadyAge", figures.ageOfReady(queue))
					.with("perSecond", (known != null) ? known.json() : null)
					.map();
			}).toList())
			.map();
	}

	/**
	 * The view as text.
	 * @param rows how many lines there is room for, {@value #LEAST} or more. If they are
	 * few, the last ones go first, and queues are shown if there is room for one
	 */
	List<String> text(int rows) {
		List<String> lines = new ArrayList<>();
		View.Figures figures = this.view.figures();
		if (figures == null) {
			lines.add(title("away"));
			lines.add("");
			lines.add(Lines.printable("The store does not answer, and is asked again: " + this.view.trouble()));
			return lines;
		}
		lines.add(title("%d queues".formatted(figures.queues().size())));
		lines.add(workers(figures.workers()));
		lines.add(jobs(figures.queues()));
		lines.add("");
		int room = Math.max(1, rows - FRAME);
		List<QueueStats> shown = figures.queues().stream().sorted(BUSIEST_FIRST).limit(room).toList();
		lines.addAll(table(figures, shown));
		int hidden = figures.queues().size() - shown.size();
		lines.add((hidden > 0) ? "%d more queues are not shown".formatted(hidden) : "");
		lines.add("IN/S and OUT/S are at least so many: jobs that ended and were deleted meanwhile are not seen.");
		return (rows > HEAD) ? lines.subList(0, Math.min(rows, lines.size())) : lines.subList(0, LEAST);
	}

	private String title(String what) {
		return "%s  %s  %s".formatted(this.store.name(), Lines.printable(what),
				this.view.at().truncatedTo(ChronoUnit.SECONDS));
	}

	private static String workers(List<WorkerInfo> workers) {
		return "%d workers, %d slots, %d running".formatted(workers.size(),
				workers.stream().mapToLong(WorkerInfo::slots).sum(),
				workers.stream().mapToLong(WorkerInfo::running).sum());
	}

	private static String jobs(List<QueueStats> queues) {
		return "%d jobs ready, %d dead, %d queues paused".formatted(sum(queues, JobState.READY),
				sum(queues, JobState.DEAD),
				queues.stream().filter((queue) -> queue.pause().mode() != PauseMode.NONE).count());
	}

	private static long sum(List<QueueStats> queues, JobState state) {
		return queues.stream().mapToLong((queue) -> queue.count(state)).sum();
	}

	private List<String> table(View.Figures figures, List<QueueStats> queues) {
		Function<QueueStats, @Nullable Rates> rates = rates();
		Table table = new Table("QUEUE", "READY", "SCHEDULED", "RETRYING", "RUNNING", "DEAD", "GROWTH/S", "IN/S",
				"OUT/S", "OLDEST READY", "PAUSED");
		for (QueueStats queue : queues) {
			Rates known = rates.apply(queue);
			table.row(queue.queue(), queue.count(JobState.READY), queue.count(JobState.SCHEDULED),
					queue.count(JobState.RETRYING), queue.count(JobState.RUNNING), queue.count(JobState.DEAD),
					(known != null) ? cell(known.growth()) : null, (known != null) ? cell(known.inAtLeast()) : null,
					(known != null) ? cell(known.outAtLeast()) : null, age(figures.ageOfReady(queue)),
					queue.pause().mode());
		}
		return table.lines();
	}

	private static String cell(double rate) {
		return String.format(Locale.ROOT, "%.1f", rate);
	}

	/** In the largest unit of which there are two. */
	private static @Nullable String age(@Nullable Duration age) {
		if (age == null) {
			return null;
		}
		if (age.toDays() > 1) {
			return age.toDays() + " d";
		}
		if (age.toHours() > 1) {
			return age.toHours() + " h";
		}
		return (age.toMinutes() > 1) ? age.toMinutes() + " min" : age.toSeconds() + " s";
	}

	/** Of nothing, as long as there is but one view. */
	private Function<QueueStats, @Nullable Rates> rates() {
		View.Figures seen = (this.before != null) ? this.before.figures() : null;
		if (this.before == null || seen == null) {
			return (queue) -> null;
		}
		long span = this.view.nanoTime() - this.before.nanoTime();
		Map<QueueName, QueueStats> then = seen.queues()
			.stream()
			.collect(Collectors.toMap(QueueStats::queue, Function.identity()));
		return (queue) -> Rates.between(then.get(queue.queue()), queue, span);
	}

}
