package dev.q.cli.enqueue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.q.JobOptions;
import dev.q.cli.filter.InstantText;
import dev.q.cli.store.DurationText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Where and when a job waits, and what it is found by.
 */
final class TermOptions {

	@Option(names = "--queue", paramLabel = "QUEUE", description = "Where the job waits: default unless given.")
	private @Nullable String queue;

	@Option(names = "--priority", paramLabel = "0-9", description = "How urgent it is within its queue, 0 first.")
	private @Nullable Integer priority;

	@Option(names = "--in", paramLabel = "DURATION", converter = DurationText.class,
			description = "After which delay it is ready, such as 10s, 5m or 2h.")
	private @Nullable Duration delay;

	@Option(names = "--at", paramLabel = "INSTANT", converter = InstantText.class,
			description = "When it is ready, such as 2026-02-03T04:05:06Z.")
	private @Nullable Instant at;

	@Option(names = "--max-length", paramLabel = "JOBS", description = "How many jobs may wait when it is in.")
	private @Nullable Integer maxLength;

	@Option(names = "--tag", paramLabel = "TAG", description = "A mark to find it by. May be given again.")
	private List<String> tags = List.of();

	@Option(names = "--header", paramLabel = "NAME=TEXT",
			description = "A text for interceptors and handlers. May be given again.")
	private Map<String, String> headers = Map.of();

	@Option(names = "--payload-version", paramLabel = "NUMBER", description = "Version of the payload's shape.")
	private @Nullable Integer payloadVersion;

	JobOptions over(JobOptions lower) {
		if (this.delay != null && this.at != null) {
			throw new IllegalArgumentException("--in and --at both say when the job is ready. Leave one of them out");
		}
		JobOptions options = lower;
		options = (this.queue != null) ? options.queue(this.queue) : options;
		options = (this.priority != null) ? options.priority(this.priority) : options;
		options = (this.delay != null) ? options.in(this.delay) : options;
		options = (this.at != null) ? options.at(this.at) : options;
		options = (this.maxLength != null) ? options.maxLength(this.maxLength) : options;
		options = (this.payloadVersion != null) ? options.payloadVersion(this.payloadVersion) : options;
		for (String tag : this.tags) {
			options = options.tag(tag);
		}
		for (Map.Entry<String, String> header : this.headers.entrySet()) {
			options = options.header(header.getKey(), header.getValue());
		}
		return options;
	}

}
