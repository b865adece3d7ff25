package dev.q.test.contract;

import java.util.ArrayList;
import java.util.List;

import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.history.AttemptOutcome;
import dev.q.job.history.AttemptRecord;
import dev.q.store.ClaimedJob;
import org.jspecify.annotations.Nullable;

/**
 * A theme about attempts of jobs in the default queue.
 *
 * @since 0.1
 */
abstract class AttemptTheme extends Theme {

	List<AttemptRecord> attempts(ClaimedJob claimed) {
		return attempts(claimed.job().id());
	}

	List<AttemptRecord> attempts(JobId id) {
		return store().catalog().attempts(DEFAULT, id);
	}

	List<Integer> numbers(JobId id) {
		return attempts(id).stream().map(AttemptRecord::number).toList();
	}

	List<AttemptOutcome> outcomes(JobId id) {
		return attempts(id).stream().map(AttemptRecord::outcome).toList();
	}

	List<@Nullable JobError> errors(JobId id) {
		return new ArrayList<>(attempts(id).stream().map(AttemptRecord::error).toList());
	}

}
