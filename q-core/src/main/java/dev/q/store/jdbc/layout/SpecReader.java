package dev.q.store.jdbc.layout;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.q.job.DeliveryMode;
import dev.q.job.Durability;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.job.UniqueKey;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link OptionsText} wrote. Lines that a later version wrote are passed over.
 */
final class SpecReader {

	private final Map<String, String> lines = new HashMap<>();

	private final Set<String> tags = new HashSet<>();

	private final Map<String, String> headers = new HashMap<>();

	SpecReader(@Nullable String options) {
		if (options != null) {
			options.lines().forEach(this::take);
		}
	}

	private void take(String line) {
		int end = line.indexOf('=');
		String name = line.substring(0, end);
		String value = Lines.unescape(line.substring(end + 1));
		if (name.equals(OptionsText.TAG)) {
			this.tags.add(value);
		}
		else if (name.startsWith(OptionsText.HEADER)) {
			this.headers.put(name.substring(OptionsText.HEADER.length()), value);
		}
		else {
			this.lines.put(name, value);
		}
	}

	String contentType() {
		return this.lines.getOrDefault(OptionsText.CONTENT, Payload.JSON);
	}

	JobSpec spec(Head head) {
		String version = this.lines.get(OptionsText.VERSION);
		String delivery = this.lines.get(OptionsText.DELIVERY);
		return new JobSpec(head.queue(), head.type(), (version != null) ? Integer.parseInt(version) : 1, head.payload(),
				head.priority(), limits(head.maxCrashes()),
				(delivery != null) ? DeliveryMode.valueOf(delivery) : DeliveryMode.AT_LEAST_ONCE, durability(), key(),
				this.lines.get(OptionsText.RETRY), this.tags, this.headers);
	}

	private JobLimits limits(int maxCrashes) {
		String attempts = this.lines.get(OptionsText.ATTEMPTS);
		String deadline = this.lines.get(OptionsText.DEADLINE);
		return new JobLimits((attempts != null) ? Integer.parseInt(attempts) : JobLimits.DEFAULT.maxAttempts(),
				maxCrashes, span(OptionsText.LEASE), span(OptionsText.TIMEOUT), span(OptionsText.LIFE),
				(deadline != null) ? Instant.parse(deadline) : null);
	}

	private @Nullable Duration span(String name) {
		String value = this.lines.get(name);
		return (value != null) ? Duration.parse(value) : null;
	}

	private Durability durability() {
		String value = this.lines.get(OptionsText.DURABILITY);
		if (value == null) {
			return Durability.STANDARD;
		}
		if (value.equals(OptionsText.RELAXED)) {
			return Durability.RELAXED;
		}
		int end = value.indexOf(' ');
		return new Durability.Replicated(Integer.parseInt(value.substring(0, end)),
				Duration.parse(value.substring(end + 1)));
	}

	private @Nullable UniqueKey key() {
		String value = this.lines.get(OptionsText.KEY);
		if (value == null) {
			return null;
		}
		String conflict = this.lines.get(OptionsText.CONFLICT);
		return new UniqueKey(value, KeyTerms.read(this.lines.get(OptionsText.SCOPE)),
				(conflict != null) ? UniqueKey.Conflict.valueOf(conflict) : UniqueKey.Conflict.RETURN_EXISTING);
	}

	/**
	 * What a job has in columns of its own.
	 */
	record Head(QueueName queue, TypeName type, Payload payload, int priority, int maxCrashes) {
	}

}
