package dev.q.store.routing;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.q.job.Due;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.JobControl;
import dev.q.store.Pause;
import dev.q.store.PauseMode;

/**
 * Intervenes in all stores. If one of them is away, what the others could do is done, and
 * the call fails if that was not all: jobs that it may have cannot be told from those
 * that nobody has.
 */
final class RoutingJobControl implements JobControl {

	private final Branches branches;

	RoutingJobControl(Branches branches) {
		this.branches = branches;
	}

	@Override
	public Set<JobId> cancel(Collection<JobId> ids, Set<JobState> from, String reason) {
		return all(ids, (control) -> control.cancel(ids, from, reason));
	}

	@Override
	public Set<JobId> cancel(Collection<JobId> ids, String reason) {
		return all(ids, (control) -> control.cancel(ids, reason));
	}

	@Override
	public Set<JobId> retry(Collection<JobId> ids) {
		return all(ids, (control) -> control.retry(ids));
	}

	@Override
	public Set<JobId> delete(Collection<JobId> ids, Set<JobState> from) {
		return all(ids, (control) -> control.delete(ids, from));
	}

	@Override
	public Set<JobId> delete(Collection<JobId> ids) {
		return all(ids, (control) -> control.delete(ids));
	}

	@Override
	public Set<JobId> reschedule(Collection<JobId> ids, Due due) {
		return all(ids, (control) -> control.reschedule(ids, due));
	}

	@Override
	public Set<JobId> hold(Collection<JobId> ids) {
		return all(ids, (control) -> control.hold(ids));
	}

	@Override
	public Set<JobId> release(Collection<JobId> ids) {
		return all(ids, (control) -> control.release(ids));
	}

	private Set<JobId> all(Collection<JobId> ids, Function<JobControl, Set<JobId>> deed) {
		Set<JobId> changed = new HashSet<>();
		RuntimeException failure = this.branches.ask(this.branches.all(),
				(branch) -> branch.ask((store) -> deed.apply(store.control())), changed::addAll);
		if (failure != null && !changed.containsAll(ids)) {
			throw failure;
		}
		return changed;
	}

	@Override
	public EditAnswer edit(Edit edit) {
		return this.branches.of(edit.seen().spec().queue()).ask((store) -> store.control().edit(edit));
	}

	@Override
	public List<JobDetails> forget(QueueName queue, Collection<JobId> ids) {
		return this.branches.of(queue).ask((store) -> store.control().forget(queue, ids));
	}

	@Override
	public void pause(QueueName queue, Pause pause) {
		in(queue, (control) -> control.pause(queue, pause));
	}

	@Override
	public void pause(QueueName queue, PauseMode mode) {
		in(queue, (control) -> control.pause(queue, mode));
	}

	@Override
	public void resume(QueueName queue) {
		in(queue, (control) -> control.resume(queue));
	}

	private void in(QueueName queue, Consumer<JobControl> deed) {
		this.branches.of(queue).ask((store) -> {
			deed.accept(store.control());
			return queue;
		});
	}

}
