package dev.q.cli.filter;

import java.time.Instant;
import java.util.Set;

import dev.q.admin.JobFilter;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which jobs are meant: a mixin for commands that look for jobs. What is left out does
 * not matter.
 *
 * @since 0.1
 */
public final class JobFilterOptions {

	@Option(names = "--queue", paramLabel = "QUEUE", description = "Jobs of this queue.")
	private @Nullable String queue;

	@Option(names = "--type", paramLabel = "TYPE", description = "Jobs of this type.")
	private @Nullable String type;

	@Option(names = "--state", paramLabel = "STATE", split = "\\s*,\\s*", splitSynopsisLabel = ",",
			description = "Jobs in any of these states: ${COMPLETION-CANDIDATES}.")
	private Set<JobState> states = Set.of();

	@Option(names = "--tag", paramLabel = "TAG", description = "Jobs with this tag.")
	private @Nullable String tag;

	@Option(names = "--stored-before", paramLabel = "INSTANT", converter = InstantText.class,
			description = "Jobs that were stored before this instant, such as 2026-02-03T04:05:06Z.")
	private @Nullable Instant storedBefore;

	/**
	 * The filter.
	 * @return which jobs are meant
	 * @throws IllegalArgumentException if something of it is none that jobs can have
	 */
	public JobFilter filter() {
		return new JobFilter(this.states, (this.queue != null) ? new QueueName(this.queue) : null,
				(this.type != null) ? new TypeName(this.type) : null, this.tag, this.storedBefore);
	}

	/**
	 * Whether nothing was said.
	 * @return true if all jobs are meant
	 */
	public boolean isEmpty() {
		return filter().equals(JobFilter.ALL);
	}

}
