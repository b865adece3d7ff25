package dev.q.store.jdbc.claim;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

import dev.q.job.QueueName;
import dev.q.store.ClaimRequest;

/**
 * The pieces in which a claim asks for its queues, in their order: an exclusive queue by
 * itself, others that follow each other together.
 *
 * @since 0.1
 */
public final class ClaimPieces implements Iterable<List<QueueName>> {

	private final List<List<QueueName>> pieces = new ArrayList<>();

	/**
	 * Cuts the queues of a claim into pieces.
	 * @param request the claim
	 */
	public ClaimPieces(ClaimRequest request) {
		List<QueueName> queues = request.queues();
		int from = 0;
		for (int i = 0; i < queues.size(); i++) {
			boolean isEnd = i + 1 == queues.size() || request.isExclusive(queues.get(i))
					|| request.isExclusive(queues.get(i + 1));
			if (isEnd) {
				this.pieces.add(queues.subList(from, i + 1));
				from = i + 1;
			}
		}
	}

	@Override
	public Iterator<List<QueueName>> iterator() {
		return this.pieces.iterator();
	}

}
