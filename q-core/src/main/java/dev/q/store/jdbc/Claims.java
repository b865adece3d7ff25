package dev.q.store.jdbc;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import dev.q.job.Millis;
import dev.q.job.QueueName;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.StoreException;
import dev.q.store.jdbc.ClaimRows.Left;
import dev.q.store.jdbc.ClaimRows.Row;
import dev.q.store.jdbc.ClaimRows.Summary;
import dev.q.store.jdbc.ClaimRows.VisitedLane;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.claim.ClaimPieces;
import dev.q.store.jdbc.claim.Found;
import dev.q.store.jdbc.known.LowerBounds;
import dev.q.store.jdbc.signal.News;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims jobs.
 */
final class Claims {

	private static final Logger logger = LoggerFactory.getLogger(Claims.class);

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
		List<Left> left = takeLeft(rows);
		List<Row> jobs = rows.stream()
			.map(Row.class::cast)
			.sorted(Comparator.comparingInt(Row::lane).thenComparingLong(Row::position))
			.toList();
		Brought brought = new Brought(jobs, summary, left, request.limit());
		if (!goesOn(summary, view) && jobs.isEmpty()) {
			return claimOnce(request);
		}
		learn(brought, view);
		if (isAlone(request) ? brought.isCut() : brought.isFull()) {
			tellOthers(brought, isAlone(request));
		}
		return brought;
	}

	/** There is nothing of it in nearly all answers. */
	private static List<Left> takeLeft(List<Object> rows) {
		List<Left> taken = List.of();
		for (int i = rows.size() - 1; i >= 0; i--) {
			if (rows.get(i) instanceof Left left) {
				taken = taken.isEmpty() ? new ArrayList<>() : taken;
				taken.add(left);
				rows.remove(i);
			}
		}
		return taken;
	}

	/** Claims of others have passed over what this one had for a moment. */
	private void tellOthers(Brought brought, boolean isAlone) {
		News news = new News();
		if (!isAlone) {
			brought.summary().promoted().forEach(news::ready);
		}
		brought.left()
			.forEach((left) -> news.ready(left.queue(), left.jobs())
				.late(left.queue(), News.Late.held(left.position())));
		this.signals.tell(news);
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
					(row) -> ClaimRows.read(row, request));
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
	 * What one call brought.
	 */
	private record Brought(List<Row> rows, Summary summary, List<Left> left, int limit) {

		boolean isCut() {
			return !this.left.isEmpty();
		}

		void addTo(Found found) {
			// What was left behind is due already, so that the worker asks again at once.
			found.add(this.rows.stream().map(Row::job).toList(), this.summary.time(),
					isCut() ? this.summary.time() : this.summary.comeBackAt(), isCut());
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
			return this.rows.size() >= this.limit || isCut();
		}

	}

}
