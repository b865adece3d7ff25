package dev.q.store.jdbc;

import java.security.SecureRandom;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.q.job.Job;
import dev.q.job.Millis;
import dev.q.job.QueueName;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.Lease;
import dev.q.store.StoreException;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.claim.ClaimPieces;
import dev.q.store.jdbc.claim.Found;
import dev.q.store.jdbc.known.Horizon;
import dev.q.store.jdbc.known.LowerBounds;
import dev.q.store.jdbc.layout.JobRow;
import dev.q.store.jdbc.layout.Leases;
import dev.q.store.jdbc.signal.News;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims jobs.
 */
final class Claims {

	private static final Logger logger = LoggerFactory.getLogger(Claims.class);

	/** How long a due job is left to whoever has it. */
	private static final Duration BREATH = Duration.ofMillis(50);

	private final Database database;

	private final LowerBounds bounds;

	private final Signals signals;

	private final UnheardClaims unheard;

	private final SecureRandom tokens = new SecureRandom();

	Claims(Database database, LowerBounds bounds, Signals signals) {
		this.database = database;
		this.bounds = bounds;
		this.signals = signals;
		this.unheard = new UnheardClaims(database);
	}

	ClaimAnswer claim(ClaimRequest given) {
		ClaimRequest request = given.of(given.queues().stream().distinct().toList(), given.limit());
		if (request.queues().isEmpty()) {
			this.database.requireOpen();
		}
		Found found = new Found(request.limit());
		try {
			long seen;
			do {
				seen = this.signals.news();
				found.begin();
				look(request, found);
			}
			while (found.isShort() && this.signals.waits(request, seen, found.time()));
		}
		catch (StoreException ex) {
			if (found.isEmpty()) {
				throw ex;
			}
			// They are leased, so the worker must get them whatever came after.
			logger.debug("A further look for jobs failed; those before found some", ex);
		}
		return found.answer();
	}

	private void look(ClaimRequest request, Found found) {
		if (request.exclusive().isEmpty() || request.queues().isEmpty()) {
			claimOnce(request.of(request.queues(), found.left())).addTo(found);
			return;
		}
		for (List<QueueName> piece : new ClaimPieces(request)) {
			if (found.isShort()) {
				int most = request.isExclusive(piece.get(0)) ? 1 : found.left();
				claimOnce(request.of(piece, most)).addTo(found);
			}
		}
	}

	private Brought claimOnce(ClaimRequest request) {
		this.signals.tell(this.unheard.handBack());
		long token = nextToken();
		LowerBounds.View view = this.bounds.view(request.queues());
		List<Object> rows = call(args(request, view, token), token, request);
		Summary summary = (Summary) rows.remove(rows.size() - 1);
		boolean isCut = rows.remove(Cut.ROW);
		List<Row> jobs = rows.stream()
			.map(Row.class::cast)
			.sorted(Comparator.comparingInt(Row::lane).thenComparingLong(Row::position))
			.toList();
		Brought brought = new Brought(jobs, summary, isCut, request.limit());
		if (!goesOn(summary, view) && jobs.isEmpty()) {
			return claimOnce(request);
		}
		learn(brought, view);
		if (brought.isFull() && !isAlone(request)) {
			News news = new News();
			summary.promoted().forEach(news::ready);
			this.signals.tell(news);
		}
		return brought;
	}

	private static boolean isAlone(ClaimRequest request) {
		return !request.queues().isEmpty() && request.isExclusive(request.queues().get(0));
	}

	private Args args(ClaimRequest request, LowerBounds.View view, long token) {
		return new Args().texts(request.queues())
			.numbers(view.dueLows())
			.texts(view.lanes().stream().map(LowerBounds.Lane::queue).toList())
			.smalls(view.lanes().stream().map((lane) -> (short) lane.number()).toList())
			.numbers(view.lanes().stream().map(LowerBounds.Lane::low).toList())
			.number(request.limit())
			.number(token)
			.number(Millis.of(request.lease()))
			.text(request.worker().value())
			.number(this.bounds.isEnabled() ? this.bounds.horizon().ignoreBelow() : null);
	}

	private List<Object> call(Args args, long token, ClaimRequest request) {
		try {
			return this.database.call(isAlone(request) ? "q_claim_alone_v1" : "q_claim_v1", args,
					(row) -> read(row, request));
		}
		catch (StoreException ex) {
			this.unheard.add(token);
			throw ex;
		}
	}

	/**
	 * Random, so that it is not given again even by a server that lost its last moments.
	 */
	private long nextToken() {
		return this.tokens.nextLong();
	}

	private static Object read(ResultSet row, ClaimRequest request) throws SQLException {
		int lane = row.getInt("place");
		if (!row.wasNull() && lane == 0) {
			return Cut.ROW;
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

	private boolean goesOn(Summary summary, LowerBounds.View view) {
		return summary.sample() == null || this.bounds.goesOn(view, summary.sample());
	}

	/**
	 * Takes down how far lanes are worked off. The horizon must be the one from before
	 * the claim.
	 */
	private void learn(Brought brought, LowerBounds.View view) {
		Summary summary = brought.summary();
		int last = brought.isFull() ? brought.lastLane() : Integer.MAX_VALUE;
		for (int place = 1; place <= Math.min(last, summary.lanes().size()); place++) {
			VisitedLane lane = summary.lanes().get(place - 1);
			long seen = (place < last) ? view.settled() : Math.min(view.settled(), brought.lastPosition());
			this.bounds.raise(view, lane.queue(), lane.number(), seen);
		}
		if (!brought.isFull()) {
			long promoted = summary.promotedUpTo().toEpochMilli();
			summary.lanes()
				.stream()
				.map(VisitedLane::queue)
				.distinct()
				.forEach((queue) -> this.bounds.promoted(queue, promoted));
		}
	}

	/**
	 * A job and where it stood.
	 *
	 * @param lane place of its lane among all lanes
	 * @param position its place in the lane
	 */
	private record Row(int lane, long position, ClaimedJob job) {
	}

	/** A lane that a claim looked at. */
	private record VisitedLane(QueueName queue, int number) {
	}

	/**
	 * What a claim says about the whole.
	 */
	private record Summary(Instant time, @Nullable Instant nextDue, Horizon.@Nullable Sample sample,
			List<QueueName> promoted, List<VisitedLane> lanes) {

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

	/**
	 * What one call brought.
	 */
	private record Brought(List<Row> rows, Summary summary, boolean isCut, int limit) {

		void addTo(Found found) {
			// What was left behind is due already, so that the worker asks again at once.
			found.add(this.rows.stream().map(Row::job).toList(), this.summary.time(),
					this.isCut ? this.summary.time() : this.summary.comeBackAt(), this.isCut);
		}

		/** Behind which lane nothing was looked at. */
		int lastLane() {
			return this.rows.isEmpty() ? 0 : last().lane();
		}

		/** Behind which place of that lane nothing was looked at. */
		long lastPosition() {
			return last().position();
		}

		private Row last() {
			return this.rows.get(this.rows.size() - 1);
		}

		/** Whether there may be more. */
		boolean isFull() {
			return this.rows.size() >= this.limit || this.isCut;
		}

	}

	/**
	 * Says that the server looked at more jobs than it brought.
	 */
	private enum Cut {

		ROW

	}

}
