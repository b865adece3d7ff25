package dev.q.store.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.q.job.Job;
import dev.q.store.JobStore;
import dev.q.store.MaintenanceStore;
import dev.q.store.Retention;

/**
 * Keeps all stores in order. A piece is filled by one store after the other, and another
 * one begins each time, so that none of them has to wait for ever.
 */
final class RoutingMaintenanceStore implements MaintenanceStore {

	private final Branches branches;

	private final AtomicInteger turns = new AtomicInteger();

	RoutingMaintenanceStore(Branches branches) {
		this.branches = branches;
	}

	@Override
	public int promoteDue(int limit) {
		return count(limit, (store, left) -> store.maintenance().promoteDue(left));
	}

	@Override
	public List<Job> recoverExpired(int limit) {
		return list(limit, (store, left) -> store.maintenance().recoverExpired(left));
	}

	@Override
	public List<Job> expire(int limit) {
		return list(limit, (store, left) -> store.maintenance().expire(left));
	}

	@Override
	public int purge(Retention retention, int limit) {
		return count(limit, (store, left) -> store.maintenance().purge(retention, left));
	}

	private int count(int limit, BiFunction<JobStore, Integer, Integer> chore) {
		AtomicInteger sum = new AtomicInteger();
		all(limit, (branch) -> {
			int left = limit - sum.get();
			return (left > 0) ? sum.addAndGet(branch.ask((store) -> chore.apply(store, left))) : sum.get();
		});
		return sum.get();
	}

	private List<Job> list(int limit, BiFunction<JobStore, Integer, List<Job>> chore) {
		List<Job> jobs = new ArrayList<>();
		all(limit, (branch) -> {
			int left = limit - jobs.size();
			return left > 0 && jobs.addAll(branch.ask((store) -> chore.apply(store, left)));
		});
		return jobs;
	}

	/** What those did that answer is not lost for the failure of another one. */
	private void all(int limit, Function<Branch, Object> chore) {
		JobStore.requireLimit(limit);
		List<Branch> turn = new ArrayList<>(this.branches.all());
		Collections.rotate(turn, Math.floorMod(this.turns.getAndIncrement(), turn.size()));
		List<Object> done = new ArrayList<>();
		RuntimeException failure = this.branches.ask(turn, chore, done::add);
		if (failure != null && done.isEmpty()) {
			throw failure;
		}
	}

}
