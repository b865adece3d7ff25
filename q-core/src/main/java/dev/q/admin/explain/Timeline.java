package dev.q.admin.explain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.q.admin.explain.Moment.Event;
import dev.q.job.Job;
import dev.q.job.JobTimes;
import dev.q.job.history.AttemptRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the past and the future of a job. Each source of moments adds its own.
 */
final class Timeline {

	private final List<Moment> moments = new ArrayList<>();

	private Timeline() {
	}

	static List<Moment> of(Job job, List<AttemptRecord> attempts) {
		Timeline timeline = new Timeline();
		timeline.addCourse(job, new Attempts(job, attempts));
		return timeline.inOrder();
	}

	private void addCourse(Job job, Attempts attempts) {
		JobTimes times = job.times();
		add(times.createdAt(), Event.CREATED, "stored in queue " + job.spec().queue());
		this.moments.addAll(attempts.earlier());
		// A job that waits is due after its attempts, another one was before the last.
		if (job.state().isWaiting()) {
			this.moments.addAll(attempts.last());
			add(times.runAt(), Event.DUE, "due");
		}
		else {
			add(times.runAt(), Event.DUE, "due");
			this.moments.addAll(attempts.last());
		}
		add(times.unhandledSince(), Event.UNHANDLED, "handed back for want of a handler of type " + job.spec().type());
		if (!job.state().isTerminal()) {
			add(times.expiresAt(), Event.EXPIRES, "expires");
		}
		add(times.finishedAt(), Event.FINISHED, "ended as " + job.state());
	}

	private void add(@Nullable Instant at, Event event, String text) {
		if (at != null) {
			this.moments.add(new Moment(at, event, text));
		}
	}

	/** What happened at one time stays in the order of the course of a job. */
	private List<Moment> inOrder() {
		return this.moments.stream().sorted(Comparator.comparing(Moment::at)).toList();
	}

}
