package dev.q.test.scene;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.store.JobStore;
import dev.q.store.StoreException;
import dev.q.test.scene.host.Host;
import dev.q.test.server.Patience;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a killed server has lost.
 *
 * @param jobs acknowledged jobs that are gone
 * @param window how long before the kill the oldest of them was acknowledged
 */
record Loss(Set<JobId> jobs, Duration window) {

	private static final Logger logger = LoggerFactory.getLogger(Loss.class);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/**
	 * Kills a server, ends the load, and starts the server again.
	 */
	static Loss byKill(Host host, JobStore store, Load load) {
		long killedAt = System.nanoTime();
		host.kill();
		load.stop();
		host.restart();
		Map<JobId, Long> acknowledged = load.acknowledged();
		Patience.until("the store is connected", PATIENCE, () -> isConnected(store));
		Set<JobId> lost = new HashSet<>(acknowledged.keySet());
		for (JobDetails found : new Jobs(store).find(acknowledged.keySet())) {
			lost.remove(found.id());
		}
		Duration window = Duration
			.ofNanos(lost.stream().mapToLong((id) -> killedAt - acknowledged.get(id)).max().orElse(0));
		logger.info("Of {} acknowledged jobs {} are lost, the oldest one {} ms old", acknowledged.size(), lost.size(),
				window.toMillis());
		return new Loss(lost, window);
	}

	private static boolean isConnected(JobStore store) {
		try {
			store.catalog().queues();
			return true;
		}
		catch (StoreException ex) {
			// Not yet.
			return false;
		}
	}

}
