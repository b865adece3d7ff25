package dev.q.inprocess;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Where every task stands. Not safe for use by many threads: its line's lock guards it.
 */
final class TaskBook {

	private final int slots;

	private final Tracking tracking;

	private final Map<Long, Task<?>> waiting = new LinkedHashMap<>();

	private final Map<Long, Task<?>> running = new LinkedHashMap<>();

	private final Map<Long, TaskResult<?>> ended = new LinkedHashMap<>();

	private long last;

	/**
	 * Makes an empty book.
	 * @param slots how many tasks run at once at most
	 */
	TaskBook(int slots, Tracking tracking) {
		this.slots = slots;
		this.tracking = tracking;
	}

	<T> Task<T> add(Callable<T> work) {
		this.last++;
		Task<T> task = new Task<>(new TaskId<>(this.last), work);
		this.waiting.put(this.last, task);
		return task;
	}

	/**
	 * Forgets a task that nobody will run.
	 * @return false if it does not wait any more
	 */
	boolean forget(Task<?> task) {
		return this.waiting.remove(task.id().number()) != null;
	}

	/**
	 * Has the calling thread take the task that has waited longest.
	 * @return the task, or null if none waits
	 */
	@Nullable Task<?> takeNext() {
		if (this.waiting.isEmpty()) {
			return null;
		}
		Task<?> task = this.waiting.values().iterator().next();
		this.waiting.remove(task.id().number());
		this.running.put(task.id().number(), task);
		task.enter();
		return task;
	}

	/**
	 * Notes the end of a task, on the thread that ran it.
	 * @return what is remembered of it
	 */
	TaskResult<?> end(Task<?> task, TaskResult<?> result) {
		this.running.remove(task.id().number());
		TaskResult<?> remembered = task.leave(result);
		keep(task.id(), remembered);
		return remembered;
	}

	Cancellation cancel(TaskId<?> id) {
		if (this.waiting.remove(id.number()) != null) {
			keep(id, new TaskResult.Cancelled<>());
			return Cancellation.CANCELLED;
		}
		Task<?> task = this.running.get(id.number());
		if (task == null) {
			return Cancellation.TOO_LATE;
		}
		task.interrupt();
		return Cancellation.INTERRUPTED;
	}

	/**
	 * Gives up all that waits.
	 * @return what that was, in order of arrival
	 */
	List<TaskId<?>> dropWaiting() {
		return endWaiting(new TaskResult.Cancelled<>());
	}

	/**
	 * Has all that waits fail.
	 * @return what that was, in order of arrival
	 */
	List<TaskId<?>> failWaiting(Throwable reason) {
		return endWaiting(new TaskResult.Failed<>(reason));
	}

	private List<TaskId<?>> endWaiting(TaskResult<?> result) {
		List<TaskId<?>> ended = new ArrayList<>();
		this.waiting.values().forEach((task) -> ended.add(task.id()));
		this.waiting.clear();
		ended.forEach((id) -> keep(id, result));
		return ended;
	}

	/**
	 * Interrupts all that runs, but on the calling thread.
	 */
	void interruptOthers() {
		streamOthers().forEach(Task::interrupt);
	}

	/**
	 * Which tasks run, but on the calling thread: who runs a task cannot wait for it.
	 */
	List<TaskId<?>> others() {
		return streamOthers().<TaskId<?>>map(Task::id).toList();
	}

	/**
	 * Whether there is anything left that the calling thread could wait for. What waits
	 * for a place that only the calling thread can make is nothing of that kind.
	 */
	boolean isBusy() {
		boolean isMoving = !this.waiting.isEmpty() && this.running.size() < this.slots;
		return isMoving || streamOthers().findAny().isPresent();
	}

	private Stream<Task<?>> streamOthers() {
		Thread self = Thread.currentThread();
		return this.running.values().stream().filter((task) -> !task.isRunBy(self));
	}

	/**
	 * How many tasks have come in and not ended.
	 */
	int inHand() {
		return this.waiting.size() + this.running.size();
	}

	// Only who made an id by hand can have given it another type than its task's.
	@SuppressWarnings("unchecked")
	<T> TaskResult<T> result(TaskId<T> id) {
		if (!this.tracking.isOn()) {
			return new TaskResult.TrackingDisabled<>();
		}
		if (this.waiting.containsKey(id.number())) {
			return new TaskResult.Pending<>();
		}
		if (this.running.containsKey(id.number())) {
			return new TaskResult.Running<>();
		}
		TaskResult<?> result = this.tracking.readOnce() ? this.ended.remove(id.number()) : this.ended.get(id.number());
		return (result != null) ? (TaskResult<T>) result : new TaskResult.NotFound<>();
	}

	int clear() {
		int count = this.ended.size();
		this.ended.clear();
		return count;
	}

	private void keep(TaskId<?> id, TaskResult<?> result) {
		if (this.tracking.isOn()) {
			this.ended.put(id.number(), result);
			if (this.ended.size() > this.tracking.kept()) {
				this.ended.remove(this.ended.keySet().iterator().next());
			}
		}
	}

	/**
	 * Which results are kept.
	 *
	 * @param kept how many at most; zero for none
	 * @param readOnce whether a result is gone when it has been read
	 */
	record Tracking(int kept, boolean readOnce) {

		boolean isOn() {
			return this.kept > 0;
		}

	}

}
