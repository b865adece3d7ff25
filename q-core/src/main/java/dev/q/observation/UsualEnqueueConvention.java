package dev.q.observation;

import java.util.List;
import java.util.Locale;

import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.observation.JobObservation.HighKey;
import dev.q.observation.JobObservation.LowKey;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a call that enqueues, unless the application has a convention of its
 * own. To be extended by one that tells more.
 *
 * @since 0.1
 */
public class UsualEnqueueConvention implements EnqueueConvention {

	@Override
	public String getName() {
		return JobObservation.ENQUEUE.getName();
	}

	@Override
	public String getContextualName(EnqueueContext context) {
		String type = type(context);
		return (type != null) ? type + " enqueue" : "enqueue";
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(EnqueueContext context) {
		return KeyValues.of(LowKey.STATUS.withValue(status(context.receipts())));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(EnqueueContext context) {
		KeyValues values = KeyValues.of(HighKey.JOBS.withValue(Integer.toString(context.requests().size())));
		String type = type(context);
		if (type != null) {
			values = values.and(HighKey.TYPE.withValue(type));
		}
		if (!context.receipts().isEmpty()) {
			JobReceipt first = context.receipts().get(0);
			values = values.and(HighKey.QUEUE.withValue(first.queue().value()),
					HighKey.JOB.withValue(first.id().toString()));
		}
		return values;
	}

	/** The type of all jobs, if the requests name it. */
	private static @Nullable String type(EnqueueContext context) {
		List<JobRequest> requests = context.requests();
		if (requests.isEmpty() || requests.get(0).type() == null) {
			return null;
		}
		var type = requests.get(0).type();
		return requests.stream().allMatch((request) -> type.equals(request.type())) ? type.value() : null;
	}

	private static String status(List<JobReceipt> receipts) {
		if (receipts.isEmpty()) {
			return "none";
		}
		JobReceipt.Status first = receipts.get(0).status();
		return receipts.stream().allMatch((receipt) -> receipt.status() == first)
				? first.name().toLowerCase(Locale.ROOT) : "several";
	}

}
