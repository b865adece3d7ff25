package dev.q.store.jdbc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.q.job.Job;
import dev.q.job.QueueName;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.Lease;
import dev.q.store.jdbc.known.Horizon;
import dev.q.store.jdbc.layout.JobRow;
import dev.q.store.jdbc.layout.Leases;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of claims.
 */
final class ClaimRows {

	/** How long a due job is left to whoever has it. */
	private static final Duration BREATH = Duration.ofMillis(50);

	private ClaimRows() {
	}

	/** Each row is a {@link Row}, a {@link Left} or, at the end, the {@link Summary}. */
	static Object read(ResultSet row, ClaimRequest request) throws SQLException {
		int lane = row.getInt("place");
		if (!row.wasNull() && lane == 0) {
			return new Left(new QueueName(row.getString("queue")), row.getLong("pos"), row.getInt("deliveries"));
		}
		return row.wasNull() ? summary(row) : new Row(lane, row.getLong("pos"), claimed(row, request));
	}

	private static ClaimedJob claimed(ResultSet row, ClaimRequest request) throws SQLException {
		Job job = new JobRow(row).claimed();
		return new ClaimedJob(job, new Lease(job.id(), job.spec().queue(), Leases.token(row.getLong("token"), job.id()),
				request.worker(), Duration.ofMillis(row.getLong("lease_ms"))));
	}

	private static Summary summary(ResultSet row) throws SQLException {
		long time = row.getLong("created_ms");
		long due = row.getLong("run_ms");
		Instant nextDue = row.wasNull() ? null : JobRow.due(due);
		long sequence = row.getLong("pos");
		Horizon.Sample sample = row.wasNull() ? null
				: new Horizon.Sample(sequence, row.getLong("token"), row.getLong("lease_ms"), time);
		List<QueueName> queues = names(row.getArray("lane_queues"));
		Array numbers = row.getArray("lane_numbers");
		Short[] lanes = (numbers != null) ? (Short[]) numbers.getArray() : new Short[0];
		List<VisitedLane> visited = new ArrayList<>(queues.size());
		for (int i = 0; i < queues.size(); i++) {
			visited.add(new VisitedLane(queues.get(i), lanes[i]));
		}
		return new Summary(Instant.ofEpochMilli(time), nextDue, sample, names(row.getArray("queues")), visited);
	}

	private static List<QueueName> names(@Nullable Array array) throws SQLException {
		List<QueueName> names = new ArrayList<>();
		if (array != null) {
			for (String name : (String[]) array.getArray()) {
				names.add(new QueueName(name));
			}
		}
		return names;
	}

	/**
	 * A job and where it stood.
	 *
	 * @param lane place of its lane among all lanes
	 * @param position its place in the lane
	 */
	record Row(int lane, long position, ClaimedJob job) {
	}

	/**
	 * Jobs of a queue that a claim looked at and did not bring.
	 *
	 * @param position the first of their places
	 */
	record Left(QueueName queue, long position, int jobs) {
	}

	/** A lane that a claim looked at. */
	record VisitedLane(QueueName queue, int number) {
	}

	/**
	 * What a claim says about the whole.
	 */
	record Summary(Instant time, @Nullable Instant nextDue, Horizon.@Nullable Sample sample, List<QueueName> promoted,
			List<VisitedLane> lanes) {

		/**
		 * What is due and still waits is left to somebody else, who may not get to it.
		 */
		Instant promotedUpTo() {
			return (this.nextDue != null && this.nextDue.isBefore(this.time)) ? this.nextDue : this.time;
		}

		/** What somebody else has, maybe for long, is not asked for over and over. */
		@Nullable Instant comeBackAt() {
			boolean isHeld = this.nextDue != null && !this.nextDue.isAfter(this.time) && this.promoted.isEmpty();
			return isHeld ? this.time.plus(BREATH) : this.nextDue;
		}

	}

}
