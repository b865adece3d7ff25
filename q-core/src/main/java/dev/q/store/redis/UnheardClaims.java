package dev.q.store.redis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.q.job.QueueName;
import dev.q.store.StoreException;
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.Keyspace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims of which nobody knows what they brought, since the connection broke or the
 * answer took too long. The jobs that the server may have leased by them are handed back
 * with the next claim, rather than wait for the end of a lease that nobody holds, which
 * would count as a crash. Safe for use by many threads.
 */
final class UnheardClaims {

	/**
	 * Most claims to remember. While the connection is broken none is sent, so the first
	 * ones are those that matter; of what is beyond, the leases run out.
	 */
	private static final int MOST_CLAIMS = 64;

	private static final Logger logger = LoggerFactory.getLogger(UnheardClaims.class);

	private final RedisLink link;

	private final Keyspace keys;

	private final Set<Claim> claims = ConcurrentHashMap.newKeySet();

	UnheardClaims(RedisLink link, Keyspace keys) {
		this.link = link;
		this.keys = keys;
	}

	void note(Claim claim) {
		if (this.claims.size() < MOST_CLAIMS) {
			this.claims.add(claim);
		}
	}

	/**
	 * Makes the jobs of all noted claims ready again, if there are any.
	 * @throws StoreException if the server does not answer; the claims stay noted then
	 */
	void handBack() {
		if (!this.claims.isEmpty()) {
			List<Claim> noted = List.copyOf(this.claims);
			try {
				handBack(noted);
			}
			catch (StoreException ex) {
				if (RedisFailures.isUnheard(ex)) {
					throw ex;
				}
				logger.warn(
						"Jobs whose claim got no answer cannot be handed back. They wait for the end of their leases",
						ex);
			}
			noted.forEach(this.claims::remove);
		}
	}

	private void handBack(List<Claim> noted) {
		Map<QueueName, List<String>> nonces = new HashMap<>();
		noted.forEach((claim) -> claim.queues()
			.forEach((queue) -> nonces.computeIfAbsent(queue, (name) -> new ArrayList<>()).add(claim.nonce())));
		nonces.forEach((queue, those) -> {
			Args args = new Args();
			those.forEach(args::add);
			this.link.call(Script.ABANDON, this.keys.of(queue).all(), args);
		});
	}

	/**
	 * A claim.
	 *
	 * @param nonce what its leases are told apart by
	 * @param queues where it looked
	 */
	record Claim(String nonce, List<QueueName> queues) {
	}

}
