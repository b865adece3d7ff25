package dev.q.observation;

import java.util.Locale;

import dev.q.JobOutcome;
import dev.q.job.Job;
import dev.q.observation.JobObservation.HighKey;
import dev.q.observation.JobObservation.LowKey;
import io.micrometer.common.KeyValues;

/**
 * What is told of a call of a handler, unless the application has a convention of its
 * own. To be extended by one that tells more.
 *
 * @since 0.1
 */
public class UsualProcessConvention implements ProcessConvention {

	@Override
	public String getName() {
		return JobObservation.PROCESS.getName();
	}

	@Override
	public String getContextualName(ProcessContext context) {
		return context.job().spec().type() + " process";
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ProcessContext context) {
		return KeyValues.of(LowKey.HANDLER.withValue(context.job().spec().type().value()),
				LowKey.OUTCOME.withValue(outcome(context)));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ProcessContext context) {
		Job job = context.job();
		return KeyValues.of(HighKey.QUEUE.withValue(job.spec().queue().value()),
				HighKey.JOB.withValue(job.id().toString()), HighKey.ATTEMPT.withValue(Integer.toString(job.attempt())));
	}

	private static String outcome(ProcessContext context) {
		JobOutcome wanted = context.outcome();
		if (context.getError() != null || wanted instanceof JobOutcome.Fail) {
			return "failed";
		}
		return (wanted != null) ? wanted.getClass().getSimpleName().toLowerCase(Locale.ROOT) : "done";
	}

}
