package dev.q;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import dev.q.job.DeliveryMode;
import dev.q.job.Due;
import dev.q.job.Durability;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey;

/**
 * A point that {@link JobOptions} may say something of. The constants are all there are.
 *
 * @param <T> type of what is said
 * @since 0.1
 */
public final class JobOption<T> {

	/** See {@link JobOptions#queue}. */
	public static final JobOption<QueueName> QUEUE = new JobOption<>("queue");

	/** See {@link JobOptions#in} and {@link JobOptions#at}. */
	public static final JobOption<Due> DUE = new JobOption<>("due");

	/** See {@link JobOptions#priority}. */
	public static final JobOption<Integer> PRIORITY = new JobOption<>("priority");

	/** See {@link JobOptions#maxAttempts}. */
	public static final JobOption<Integer> MAX_ATTEMPTS = new JobOption<>("maxAttempts");

	/** See {@link JobOptions#maxCrashes}. */
	public static final JobOption<Integer> MAX_CRASHES = new JobOption<>("maxCrashes");

	/** See {@link JobOptions#retry}. */
	public static final JobOption<String> RETRY = new JobOption<>("retry");

	/** See {@link JobOptions#lease}. */
	public static final JobOption<Duration> LEASE = new JobOption<>("lease");

	/** See {@link JobOptions#timeout}. */
	public static final JobOption<Duration> TIMEOUT = new JobOption<>("timeout");

	/** See {@link JobOptions#timeToLive}. */
	public static final JobOption<Duration> TIME_TO_LIVE = new JobOption<>("timeToLive");

	/** See {@link JobOptions#deadline}. */
	public static final JobOption<Instant> DEADLINE = new JobOption<>("deadline");

	/** See {@link JobOptions#delivery}. */
	public static final JobOption<DeliveryMode> DELIVERY = new JobOption<>("delivery");

	/** See {@link JobOptions#durability}. */
	public static final JobOption<Durability> DURABILITY = new JobOption<>("durability");

	/** See {@link JobOptions#unique}. */
	public static final JobOption<UniqueKey> UNIQUE = new JobOption<>("unique");

	/** See {@link JobOptions#uniqueByPayload}. */
	public static final JobOption<UniqueKey.ByPayload> UNIQUE_BY_PAYLOAD = new JobOption<>("uniqueByPayload");

	/** See {@link JobOptions#maxLength}. */
	public static final JobOption<Integer> MAX_LENGTH = new JobOption<>("maxLength");

	/** See {@link JobOptions#transaction}. */
	public static final JobOption<TransactionMode> TRANSACTION = new JobOption<>("transaction");

	/** See {@link JobOptions#payloadVersion}. */
	public static final JobOption<Integer> PAYLOAD_VERSION = new JobOption<>("payloadVersion");

	/** See {@link JobOptions#tag}. */
	public static final JobOption<Set<String>> TAGS = new JobOption<>("tags");

	/** See {@link JobOptions#header}. */
	public static final JobOption<Map<String, String>> HEADERS = new JobOption<>("headers");

	private final String name;

	private JobOption(String name) {
		this.name = name;
	}

	/**
	 * A value of this option, as it is kept: only {@link JobOptions} puts it there.
	 */
	@SuppressWarnings("unchecked")
	T cast(Object value) {
		return (T) value;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
