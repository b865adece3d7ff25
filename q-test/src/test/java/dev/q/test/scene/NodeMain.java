package dev.q.test.scene;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import dev.q.JobContext;
import dev.q.engine.EngineSettings;
import dev.q.expert.JobQueue;
import dev.q.expert.Q;
import dev.q.expert.QueueHandler;
import dev.q.expert.QueueWorker;
import dev.q.store.Retention;
import dev.q.test.scene.host.Stores;

/**
 * A worker as a process of its own. A job says by its payload whether its handler ends at
 * once or holds its thread until the process is told on standard input that handlers may
 * go on. Settlements wait for a word, too.
 *
 * @since 0.1
 */
public final class NodeMain {

	/** Payload of a job whose handler waits. */
	static final String HELD = "held";

	/** Payload of a job whose handler ends at once. */
	static final String QUICK = "quick";

	/** Lets handlers go on. */
	static final int HANDLERS = 'h';

	/** Lets settlements go on. */
	static final int SETTLEMENTS = 's';

	private final CountDownLatch handlers = new CountDownLatch(1);

	private final CountDownLatch settlements = new CountDownLatch(1);

	private final Ledger ledger;

	private NodeMain(Ledger ledger) {
		this.ledger = ledger;
	}

	/**
	 * Works until the process ends, or whoever started it does.
	 * @param args address of the server, file of the ledger, how many jobs run at once,
	 * milliseconds of a lease, and any word if nothing is to be kept of finished jobs
	 * @throws Exception what went wrong
	 */
	public static void main(String... args) throws Exception {
		NodeMain node = new NodeMain(new Ledger(Path.of(args[1])));
		NotedStore store = new NotedStore(Stores.open(args[0]), node.ledger, node.settlements);
		EngineSettings settings = EngineSettings.DEFAULT.withLease(Duration.ofMillis(Long.parseLong(args[3])))
			.withRetention((args.length > 4) ? Retention.NOTHING : Retention.DEFAULT);
		JobQueue queue = Q.queue(Stores.QUEUE.value()).store(store).settings(settings).build();
		QueueWorker worker = Q.run(queue, QueueHandler.of(byte[].class, node::handle), Integer.parseInt(args[2]));
		node.ledger.note(Ledger.READY);
		node.listen();
		worker.close();
		Runtime.getRuntime().halt(0);
	}

	private void handle(byte[] payload, JobContext job) {
		this.ledger.note(Ledger.START, job.id(), job.fencingToken());
		try {
			if (HELD.equals(new String(payload, StandardCharsets.US_ASCII))) {
				this.handlers.await();
			}
		}
		catch (InterruptedException ex) {
			this.ledger.note(Ledger.TOLD, job.id(), job.leaseLost());
			return;
		}
		this.ledger.note(Ledger.END, job.id(), job.leaseLost());
	}

	private void listen() throws Exception {
		int word = System.in.read();
		while (word >= 0) {
			if (word == HANDLERS) {
				this.handlers.countDown();
			}
			else if (word == SETTLEMENTS) {
				this.settlements.countDown();
			}
			word = System.in.read();
		}
	}

}
