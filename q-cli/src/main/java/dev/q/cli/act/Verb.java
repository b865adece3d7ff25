package dev.q.cli.act;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import dev.q.job.Job;
import dev.q.job.JobState;

/**
 * What can be done to jobs, and to which.
 */
enum Verb {

	RETRY("retry", "retry"),

	CANCEL("cancel", "cancel"),

	DELETE("delete", "delete"),

	HOLD("hold", "hold"),

	RELEASE("release", "release"),

	/** A ready job keeps its place. */
	RUN_NOW("run-now", "runNow");

	private final String command;

	private final String action;

	Verb(String command, String action) {
		this.command = command;
		this.action = action;
	}

	/** As people write it. */
	String command() {
		return this.command;
	}

	/** As programs read it, here and from the management endpoint. */
	String action() {
		return this.action;
	}

	/** Whether even one job takes a consent. */
	boolean isDestructive() {
		return this == RETRY || this == CANCEL || this == DELETE;
	}

	/** Why a job is none for it, or empty if it is one as far as can be seen. */
	Optional<String> obstacle(Job job) {
		Set<JobState> states = states();
		if (!states.contains(job.state())) {
			return Optional.of("it is %s, and %s is for jobs that are %s".formatted(job.state(), this.command,
					String.join(" or ", states.stream().map(JobState::name).toList())));
		}
		if (this == HOLD && job.isHeld()) {
			return Optional.of("it is on hold already");
		}
		if (this == RELEASE && !job.isHeld()) {
			return Optional.of("it is not on hold");
		}
		return Optional.empty();
	}

	/** For which jobs it is. */
	Set<JobState> states() {
		return (this == RUN_NOW) ? EnumSet.of(JobState.SCHEDULED, JobState.RETRYING) : Deed.of(this).toMany().states();
	}

	/** Why a job was not changed, judged by how it is after that. */
	String remained(Job job) {
		return obstacle(job).orElseGet(() -> (this == RETRY && job.spec().unique() != null)
				? "another job has its unique key" : "it moved on meanwhile; try again");
	}

}
