package dev.q.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.q.JobRequest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Jobs from {@code enqueue} to their settlement, through a running engine whose handler
 * does nothing. One operation is one settled job.
 *
 * @since 0.1
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class EngineBenchmark {

	/** Jobs of one round; the queue has room for a tenth of them. */
	static final int JOBS = 100_000;

	static final int CHUNK = 1000;

	@Param({ "1", "2" })
	int producers;

	@Param
	Kept kept;

	/** A round of the test is shorter. */
	int jobs = JOBS;

	private Rig rig;

	private Producers threads;

	private long enqueued;

	/**
	 * Starts the engine.
	 */
	@Setup(Level.Trial)
	public void start() {
		Setting setting = Setting.SHIPPED.withRetention(this.kept);
		Report.line("engine with %s; back-pressure is honoured".formatted(setting.deviations()));
		this.rig = new Rig(setting, new Mail.Nothing()).start();
		this.threads = new Producers(this.producers);
	}

	/**
	 * Stops the engine.
	 */
	@TearDown(Level.Trial)
	public void stop() {
		this.threads.close();
		this.rig.close();
		Report.line("%d jobs settled, %d calls were refused by the full queue and repeated"
			.formatted(this.rig.tally().settled(), this.threads.refusals()));
	}

	/**
	 * Each job is enqueued by a call of its own.
	 * @throws InterruptedException if somebody ends the run
	 */
	@Benchmark
	@OperationsPerInvocation(JOBS)
	public void enqueue() throws InterruptedException {
		this.threads.enqueue(0, this.jobs, 1, (job) -> this.rig.template().enqueue(Mail.of(job)));
		awaitAll();
	}

	/**
	 * A thousand jobs are enqueued by one call.
	 * @throws InterruptedException if somebody ends the run
	 */
	@Benchmark
	@OperationsPerInvocation(JOBS)
	public void enqueueAll() throws InterruptedException {
		this.threads.enqueue(0, this.jobs, CHUNK, (job) -> this.rig.template().enqueueAll(chunk(job)));
		awaitAll();
	}

	private static List<JobRequest> chunk(int first) {
		List<JobRequest> requests = new ArrayList<>(CHUNK);
		for (int i = 0; i < CHUNK; i++) {
			requests.add(JobRequest.of(Mail.of(first + i)));
		}
		return requests;
	}

	private void awaitAll() throws InterruptedException {
		this.enqueued += this.jobs;
		this.rig.tally().awaitSettled(this.enqueued);
	}

	Tally tally() {
		return this.rig.tally();
	}

}
