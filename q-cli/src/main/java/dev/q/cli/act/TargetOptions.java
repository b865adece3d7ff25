package dev.q.cli.act;

import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.q.admin.BulkRequest;
import dev.q.admin.JobFilter;
import dev.q.cli.filter.JobFilterOptions;
import dev.q.job.JobId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * To which jobs something is done: to some by their ids, or to those that a filter means.
 */
final class TargetOptions {

	@Parameters(paramLabel = "ID", arity = "0..*",
			description = "These jobs; '-' reads ids from the standard input, one a line.")
	private List<String> ids = List.of();

	@Mixin
	private final JobFilterOptions filter = new JobFilterOptions();

	@Option(names = "--all",
			description = "All jobs for which the command is. Needed where nothing else is said. For delete also with a filter: in whatever state.")
	private boolean all;

	@Option(names = "--limit", paramLabel = "N",
			description = "By filter: so many jobs at most. Else " + BulkRequest.DEFAULT_LIMIT + ".")
	private @Nullable Integer limit;

	@Option(names = "--cursor", paramLabel = "CURSOR", description = "By filter: go on where the run before ended.")
	private @Nullable String cursor;

	/**
	 * Whether the jobs are named.
	 * @throws IllegalArgumentException if it is not clear which jobs are meant
	 */
	boolean isById() {
		boolean filtered = !this.filter.isEmpty();
		if (this.ids.isEmpty()) {
			if (!filtered && !this.all) {
				throw new IllegalArgumentException(
						"Say which jobs: by their ids, or by a filter such as --queue and --state, or --all");
			}
			return false;
		}
		if (filtered || this.all || this.limit != null || this.cursor != null) {
			throw new IllegalArgumentException(
					"Name jobs by their ids, such as '%s', or by a filter, --all, --limit and --cursor, but not both"
						.formatted(this.ids.get(0)));
		}
		return true;
	}

	/**
	 * The jobs that are named.
	 * @param in read where an argument says so
	 * @return each once, in their order, at least one
	 * @throws IllegalArgumentException if there is none, or one that is no id
	 */
	List<JobId> ids(InputStream in) {
		Set<JobId> wanted = new LinkedHashSet<>();
		for (String id : this.ids) {
			if (id.equals("-")) {
				wanted.addAll(FedIds.read(in));
			}
			else {
				wanted.add(JobId.of(id));
			}
		}
		return List.copyOf(wanted);
	}

	/**
	 * The jobs that the filter means.
	 * @throws IllegalArgumentException if they are none for the deed
	 */
	BulkRequest request(Deed deed) {
		int most = (this.limit != null) ? this.limit : BulkRequest.DEFAULT_LIMIT;
		return new BulkRequest(deed.toMany(), filter(deed), most, this.cursor);
	}

	private JobFilter filter(Deed deed) {
		JobFilter said = this.filter.filter();
		if (!this.all) {
			return deed.completed(said);
		}
		if (!said.states().isEmpty() || (deed.verb() != Verb.DELETE && !this.filter.isEmpty())) {
			throw new IllegalArgumentException("Leave out --all: the filter says already which jobs are meant");
		}
		return deed.widest(said);
	}

}
