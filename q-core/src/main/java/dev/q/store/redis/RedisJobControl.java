package dev.q.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.JobControl;
import dev.q.store.Pause;
import dev.q.store.ends.AwaitedJobs;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.ByteReader;
import dev.q.store.redis.layout.JobRecord;
import dev.q.store.redis.layout.JobView;
import dev.q.store.redis.layout.QueueKeys;
import dev.q.store.redis.layout.StateLine;

/**
 * Intervening in jobs in Redis. Ids do not say which queue they belong to, so all queues
 * are asked, together.
 */
final class RedisJobControl implements JobControl {

	/** Most jobs that one script handles, so that it holds the server only briefly. */
	private static final int MOST_JOBS = 500;

	private final RedisLink link;

	private final KnownQueues queues;

	private final AwaitedJobs awaited;

	RedisJobControl(RedisLink link, KnownQueues queues, AwaitedJobs awaited) {
		this.awaited = awaited;
		this.link = link;
		this.queues = queues;
	}

	@Override
	public Set<JobId> cancel(Collection<JobId> ids, Set<JobState> from, String reason) {
		return change(Script.CANCEL, () -> new Args().add(StateLine.letters(from)).add(reason), ids,
				(queue, ended) -> this.awaited.intervened(queue, JobState.CANCELLED, ended));
	}

	@Override
	public Set<JobId> retry(Collection<JobId> ids) {
		return change(Script.RETRY, Args::new, ids);
	}

	@Override
	public Set<JobId> delete(Collection<JobId> ids, Set<JobState> from) {
		return change(Script.DELETE, () -> new Args().add(StateLine.letters(from)), ids,
				(queue, ended) -> this.awaited.intervened(queue, null, ended));
	}

	@Override
	public Set<JobId> reschedule(Collection<JobId> ids, Due due) {
		due.from(Due.LATEST_CLOCK);
		return change(Script.RESCHEDULE, () -> new Args().add(InsertCall.text(due)), ids);
	}

	@Override
	public Set<JobId> hold(Collection<JobId> ids) {
		return change(Script.HOLD, Args::new, ids);
	}

	@Override
	public Set<JobId> release(Collection<JobId> ids) {
		return change(Script.RELEASE, Args::new, ids);
	}

	@Override
	public EditAnswer edit(Edit edit) {
		Job seen = edit.seen();
		QueueKeys queue = this.queues.keys(seen.spec().queue());
		List<Object> views = this.link.call(Script.FIND, queue.all(), new Args().add(seen.id()));
		if (views.isEmpty()) {
			return EditAnswer.UNKNOWN;
		}
		JobView view = JobView.of(queue.queue(), (List<?>) views.get(0));
		if (!edit.isOf(view.job())) {
			return EditAnswer.CHANGED;
		}
		this.link.settleIn();
		Args args = view.fence(new Args())
			.add(JobRecord.encode(edit.wanted()))
			.add((edit.then() == Edit.Then.RETRY) ? 1 : 0);
		byte[] answer = (byte[]) this.link.call(Script.EDIT, queue.all(), args).get(0);
		return EditAnswer.valueOf(new String(answer, StandardCharsets.US_ASCII));
	}

	@Override
	public void pause(QueueName queue, Pause pause) {
		Args args = new Args().add(pause.mode().name()).add(pause.by());
		this.link.call(Script.PAUSE, this.queues.listed(queue).all(), args);
	}

	@Override
	public List<JobDetails> forget(QueueName queue, Collection<JobId> ids) {
		List<JobId> wanted = List.copyOf(new LinkedHashSet<>(ids));
		List<JobDetails> forgotten = new ArrayList<>();
		settleIn(wanted);
		for (int from = 0; from < wanted.size(); from += RedisJobCatalog.MOST_JOBS) {
			List<JobId> piece = wanted.subList(from, Math.min(from + RedisJobCatalog.MOST_JOBS, wanted.size()));
			List<Object> said = this.link.call(Script.FORGET, this.queues.keys(queue).all(), new Args().addIds(piece));
			forgotten.addAll(Views.readable(queue, said, JobView::details));
		}
		return forgotten;
	}

	private Set<JobId> change(Script script, Supplier<Args> start, Collection<JobId> ids) {
		return change(script, start, ids, (queue, changed) -> {
		});
	}

	private Set<JobId> change(Script script, Supplier<Args> start, Collection<JobId> ids,
			BiConsumer<QueueName, List<JobId>> onChange) {
		List<JobId> wanted = List.copyOf(new LinkedHashSet<>(ids));
		List<QueueKeys> all = this.queues.all();
		Set<JobId> changed = new LinkedHashSet<>();
		if (!all.isEmpty()) {
			settleIn(wanted);
		}
		for (int from = 0; from < wanted.size(); from += MOST_JOBS) {
			List<JobId> piece = wanted.subList(from, Math.min(from + MOST_JOBS, wanted.size()));
			List<CompletableFuture<List<Object>>> said = new ArrayList<>();
			all.forEach((queue) -> said.add(this.link.send(script, queue.all(), start.get().addIds(piece))));
			for (int i = 0; i < all.size(); i++) {
				List<JobId> those = this.link.await(said.get(i))
					.stream()
					.map((id) -> new ByteReader((byte[]) id, 0).id())
					.toList();
				changed.addAll(those);
				onChange.accept(all.get(i).queue(), those);
			}
		}
		return changed;
	}

	/** Where nothing can be changed, nothing is written either. */
	private void settleIn(List<JobId> wanted) {
		if (!wanted.isEmpty()) {
			this.link.settleIn();
		}
	}

}
