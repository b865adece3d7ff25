package dev.q.test.contract;

import java.time.Duration;
import java.util.List;

import dev.q.job.JobId;
import dev.q.job.UniqueKey.Conflict;
import dev.q.job.UniqueKey.Scope;
import dev.q.store.InsertAnswer.Entry;
import dev.q.store.Retention;
import dev.q.test.JobDraft;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A theme about unique keys: one key, jobs that want it, and who has it.
 *
 * @since 0.1
 */
public abstract class KeyTheme extends Theme {

	static final String KEY = "customer-42";

	static final Duration WINDOW = Duration.ofMinutes(10);

	/** Nothing that has ended is kept. */
	static final Retention NOTHING = new Retention(Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

	/** A job that holds the key if it is free. */
	static JobDraft held(Scope scope) {
		return aJob().uniqueBy(KEY, scope, Conflict.RETURN_EXISTING);
	}

	/** A job that waits for the key if it is taken. */
	static JobDraft again() {
		return again(Scope.UNTIL_DONE);
	}

	static JobDraft again(Scope scope) {
		return aJob().uniqueBy(KEY, scope, Conflict.RUN_AGAIN_AFTER);
	}

	void assertKeyIsHeldBy(JobId holder) {
		assertThat(enter(aJob().uniqueBy(KEY))).isEqualTo(new Entry(holder, false));
	}

	void assertKeyIsFree() {
		JobId id = insert(aJob().uniqueBy(KEY));
		store().control().delete(List.of(id));
	}

}
