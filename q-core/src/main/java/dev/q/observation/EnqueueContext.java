package dev.q.observation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import dev.q.JobReceipt;
import dev.q.JobRequest;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call that enqueues. A tracer puts headers into the carrier, which go
 * with all jobs of the call.
 *
 * @since 0.1
 */
public final class EnqueueContext extends SenderContext<Map<String, String>> {

	/** Most characters of a header that a tracer adds: it must leave room for others. */
	private static final int LONGEST = 1024;

	/** As headers of jobs may be called. */
	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

	private final List<JobRequest> requests;

	private volatile List<JobReceipt> receipts = List.of();

	/**
	 * Makes the context of a call.
	 * @param requests what is enqueued
	 */
	public EnqueueContext(List<JobRequest> requests) {
		super(EnqueueContext::put, Kind.PRODUCER);
		this.requests = List.copyOf(requests);
		setCarrier(new LinkedHashMap<>());
	}

	/** What cannot be a header must not make the job invalid. */
	private static void put(@Nullable Map<String, String> carrier, String name, String value) {
		if (carrier != null && NAME.matcher(name).matches() && name.length() + value.length() <= LONGEST) {
			carrier.put(name, value);
		}
	}

	/**
	 * What is enqueued.
	 * @return the requests of the call, at least one
	 */
	public List<JobRequest> requests() {
		return this.requests;
	}

	/**
	 * What became of it.
	 * @return the receipts, or nothing before the end and if the call has failed
	 */
	public List<JobReceipt> receipts() {
		return this.receipts;
	}

	void setReceipts(List<JobReceipt> value) {
		this.receipts = List.copyOf(value);
	}

}
