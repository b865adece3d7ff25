package dev.q.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.JobTemplate;
import dev.q.event.JobEvent;
import dev.q.event.JobListener;
import jakarta.servlet.Filter;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;

/**
 * Writes a ledger to standard output, a line for each thing that happens. When some files
 * have been indexed, it enqueues jobs that hold their threads until a byte comes on
 * standard input.
 */
public class Drill implements JobListener {

	/** How many files are indexed before the drill. */
	public static final int FILES = 100;

	/** Queue of the jobs that hold their threads. */
	public static final String QUEUE = "held";

	private final JobTemplate jobs;

	private final int patient;

	private final int stubborn;

	private final AtomicInteger indexed = new AtomicInteger();

	private final CountDownLatch gate = new CountDownLatch(1);

	/**
	 * Waits for the byte on a thread of its own.
	 * @param jobs enqueues
	 * @param patient how many jobs leave when they are interrupted
	 * @param stubborn how many do not
	 */
	Drill(JobTemplate jobs, @Value("${drill.patient}") int patient, @Value("${drill.stubborn}") int stubborn) {
		this.jobs = jobs;
		this.patient = patient;
		this.stubborn = stubborn;
		Thread keeper = new Thread(this::openGate, "drill");
		keeper.setDaemon(true);
		keeper.start();
	}

	private void openGate() {
		try {
			if (System.in.read() >= 0) {
				this.gate.countDown();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@JobHandler(value = "patient", queue = QUEUE)
	void waitPatiently(JobContext context) throws InterruptedException {
		write("Begun", context);
		try {
			this.gate.await();
		}
		catch (InterruptedException ex) {
			write("Interrupted", context);
			throw ex;
		}
		write("Finished", context);
	}

	@JobHandler(value = "stubborn", queue = QUEUE)
	void waitStubbornly(JobContext context) {
		write("Begun", context);
		while (this.gate.getCount() > 0) {
			try {
				this.gate.await();
			}
			catch (InterruptedException ex) {
				write("Interrupted", context);
			}
		}
		write("Finished", context);
	}

	@Override
	public void onEvent(JobEvent event) {
		write(event.getClass().getSimpleName(), event);
		boolean isIndexed = event instanceof JobEvent.Succeeded && event.spec().type().value().equals("index-file");
		if (isIndexed && this.indexed.incrementAndGet() == FILES) {
			for (int i = 0; i < this.patient; i++) {
				this.jobs.enqueue("patient", null);
			}
			for (int i = 0; i < this.stubborn; i++) {
				this.jobs.enqueue("stubborn", null);
			}
		}
	}

	@Bean
	Filter requestLedger() {
		return (request, response, chain) -> {
			System.out.println("Request");
			chain.doFilter(request, response);
		};
	}

	private static void write(String what, JobContext context) {
		write(what, new JobEvent.Started(context.job()));
	}

	private static void write(String what, JobEvent event) {
		System.out.println(String.join(" ", what, event.spec().type().value(), event.spec().queue().value(),
				event.id().toString()));
	}

}
