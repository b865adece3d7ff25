package dev.q.benchmark;

import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import dev.q.codec.JacksonPayloadCodec;
import dev.q.job.Payload;
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
 * What {@link EngineBenchmark} is to be held against: a thread pool of the JDK with as
 * many threads and a queue as long, which stores nothing, keeps nothing and loses
 * everything.
 *
 * @since 0.1
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class PoolBenchmark {

	@Param({ "1", "2" })
	int producers;

	/** A round of the test is shorter. */
	int jobs = EngineBenchmark.JOBS;

	private final Mail.Nothing handler = new Mail.Nothing();

	private final JacksonPayloadCodec codec = JacksonPayloadCodec.standard();

	private Producers threads;

	private long completed;

	/**
	 * Starts the producers.
	 */
	@Setup(Level.Trial)
	public void start() {
		this.threads = new Producers(this.producers);
	}

	/**
	 * Stops the producers.
	 */
	@TearDown(Level.Trial)
	public void stop() {
		this.threads.close();
	}

	/**
	 * The task is handed over as the object that it is.
	 * @throws InterruptedException if somebody ends the run
	 */
	@Benchmark
	@OperationsPerInvocation(EngineBenchmark.JOBS)
	public void bare() throws InterruptedException {
		runAll((job) -> {
			Mail mail = Mail.of(job);
			return () -> this.handler.handle(mail);
		});
	}

	/**
	 * The payload is written as JSON by the producer and read by the worker, as any queue
	 * must that can leave the process.
	 * @throws InterruptedException if somebody ends the run
	 */
	@Benchmark
	@OperationsPerInvocation(EngineBenchmark.JOBS)
	public void json() throws InterruptedException {
		runAll((job) -> {
			Payload payload = this.codec.encode(Mail.of(job));
			return () -> this.handler.handle(read(payload));
		});
	}

	private Mail read(Payload payload) {
		return (Mail) Objects.requireNonNull(this.codec.decode(payload, Mail.class));
	}

	private void runAll(IntFunction<Runnable> tasks) throws InterruptedException {
		ThreadPoolExecutor pool = pool();
		this.threads.enqueue(0, this.jobs, 1, (job) -> pool.execute(tasks.apply(job)));
		pool.shutdown();
		if (!pool.awaitTermination(2, TimeUnit.MINUTES)) {
			throw new IllegalStateException("Only %d tasks were completed".formatted(pool.getCompletedTaskCount()));
		}
		this.completed += pool.getCompletedTaskCount();
	}

	private static ThreadPoolExecutor pool() {
		return new ThreadPoolExecutor(Setting.CONCURRENCY, Setting.CONCURRENCY, 0, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(Setting.SHIPPED.capacity()), PoolBenchmark::awaitRoom);
	}

	private static void awaitRoom(Runnable task, ThreadPoolExecutor pool) {
		try {
			pool.getQueue().put(task);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new RejectedExecutionException("Interrupted while the queue was full", ex);
		}
	}

	long completed() {
		return this.completed;
	}

}
