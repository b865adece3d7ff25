package dev.q.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.q.JobReceipt;
import dev.q.NotReplicatedException;
import dev.q.store.InsertAnswer;

/**
 * The jobs of one call that are stored, but have fewer copies than they asked for.
 */
final class Shortfalls {

	private final Map<Shortfall, List<Draft>> jobs = new LinkedHashMap<>();

	/**
	 * Takes down that jobs have too few copies.
	 * @param answer what the store said of their group
	 * @param stored those that were stored now; the others have nothing to do with it
	 */
	void add(InsertAnswer.NotReplicated answer, List<Draft> stored) {
		if (!stored.isEmpty()) {
			this.jobs
				.computeIfAbsent(new Shortfall(answer.wanted(), answer.reached()), (shortfall) -> new ArrayList<>())
				.addAll(stored);
		}
	}

	boolean isEmpty() {
		return this.jobs.isEmpty();
	}

	/**
	 * The exception that says so, if there are such jobs.
	 * @param receipts of all jobs of the call that were not refused
	 * @return the exception
	 */
	NotReplicatedException exception(List<JobReceipt> receipts) {
		List<NotReplicatedException> each = this.jobs.entrySet()
			.stream()
			.map((entry) -> entry.getKey().exception(entry.getValue(), receipts))
			.toList();
		return (each.size() == 1) ? each.get(0) : sum(each, receipts);
	}

	private NotReplicatedException sum(List<NotReplicatedException> each, List<JobReceipt> receipts) {
		int wanted = each.stream().mapToInt(NotReplicatedException::wanted).max().orElseThrow();
		int reached = each.stream().mapToInt(NotReplicatedException::reached).min().orElseThrow();
		List<Draft> all = this.jobs.values().stream().flatMap(Collection::stream).toList();
		NotReplicatedException sum = new Shortfall(wanted, reached).exception(all, receipts);
		each.forEach(sum::addSuppressed);
		return sum;
	}

	/**
	 * How far it is from what was asked for.
	 *
	 * @param wanted how many copies beside the first
	 * @param reached how many were confirmed
	 */
	private record Shortfall(int wanted, int reached) {

		NotReplicatedException exception(List<Draft> jobs, List<JobReceipt> receipts) {
			return new NotReplicatedException(Draft.ids(jobs), this.wanted, this.reached, receipts);
		}

	}

}
