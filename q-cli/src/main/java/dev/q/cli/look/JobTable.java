package dev.q.cli.look;

import java.util.List;

import dev.q.cli.output.Table;
import dev.q.job.Job;

/**
 * Jobs among others, for people.
 */
final class JobTable {

	private JobTable() {
	}

	static List<String> of(List<Job> jobs) {
		Table table = new Table("ID", "STATE", "QUEUE", "TYPE", "PRIORITY", "ATTEMPT", "CREATED", "DUE");
		jobs.forEach(
				(job) -> table.row(job.id(), job.state(), job.spec().queue(), job.spec().type(), job.spec().priority(),
						attempt(job), job.times().createdAt(), job.isHeld() ? "on hold" : job.times().runAt()));
		return table.lines();
	}

	static String attempt(Job job) {
		return "%d/%d".formatted(job.attempt(), job.spec().limits().maxAttempts());
	}

}
