package dev.q.cli.enqueue;

import dev.q.JobOptions;
import dev.q.handler.OptionText;
import dev.q.job.UniqueKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which other job a job may not be beside.
 */
final class UniqueOptions {

	@Option(names = "--unique-key", paramLabel = "KEY", description = "Key that one job of its queue may hold.")
	private @Nullable String key;

	@Option(names = "--unique-by-payload", description = "Let the payload be the key.")
	private boolean byPayload;

	@Option(names = "--unique-scope", paramLabel = "SCOPE",
			description = "How long the key is held: pending, until-done, until-success or window(10m).")
	private @Nullable String scope;

	@Option(names = "--unique-conflict", paramLabel = "CONFLICT",
			description = "What happens if it is taken: return-existing, throw, replace-payload, reschedule or run-again-after.")
	private @Nullable String conflict;

	/** Jobs of one key would be one job. */
	boolean isOneKey() {
		return this.key != null;
	}

	JobOptions over(JobOptions lower) {
		if (this.key != null && this.byPayload) {
			throw new IllegalArgumentException(
					"--unique-key and --unique-by-payload are two keys, but a job has one. Leave one of them out");
		}
		if (this.key == null && !this.byPayload) {
			if (this.scope != null || this.conflict != null) {
				throw new IllegalArgumentException(
						"--unique-scope and --unique-conflict need a key. Give --unique-key or --unique-by-payload, or leave them out");
			}
			return lower;
		}
		UniqueKey.Scope held = (this.scope != null) ? OptionText.scope(this.scope) : UniqueKey.Scope.UNTIL_DONE;
		UniqueKey.Conflict otherwise = (this.conflict != null)
				? Choice.of(UniqueKey.Conflict.class, "--unique-conflict", this.conflict)
				: UniqueKey.Conflict.RETURN_EXISTING;
		return (this.key != null) ? lower.unique(new UniqueKey(this.key, held, otherwise))
				: lower.uniqueByPayload(new UniqueKey.ByPayload(held, otherwise));
	}

}
