package dev.q.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.q.client.JobIds;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.engine.EngineSettings;
import dev.q.job.Due;
import dev.q.job.JobSpec;
import dev.q.job.NewJob;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.job.TypeName;
import dev.q.job.WorkerId;
import dev.q.ports.SharedRandom;
import dev.q.store.ClaimRequest;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertGroup;
import dev.q.store.LeaseAnswer;
import dev.q.store.Settlement;
import dev.q.store.WorkStore;
import dev.q.store.memory.MemoryStore;
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
 * The store in memory alone, on one thread: insert, claim and settle, while other jobs
 * wait. One operation is one job that was inserted, claimed and settled.
 *
 * @since 0.1
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx3g")
public class StoreBenchmark {

	private static final int BATCH = 100;

	private static final WorkerId WORKER = new WorkerId("w-benchmark");

	private static final Outcome DONE = new Outcome.Succeeded(StoredResult.NONE);

	private static final Duration LEASE = EngineSettings.DEFAULT.lease();

	@Param({ "0", "100000", "1000000" })
	int backlog;

	@Param
	Kept kept;

	private final JobIds ids = new JobIds(Rig.CLOCK, new SharedRandom());

	private final JobSpec spec = JobSpec.of(QueueName.DEFAULT, new TypeName("mail"),
			JacksonPayloadCodec.standard().encode(Mail.of(1)));

	private MemoryStore store;

	/**
	 * Fills the store.
	 */
	@Setup(Level.Trial)
	public void fill() {
		// Room for the backlog, and for what is under way beside it.
		int capacity = Math.max(Setting.SHIPPED.capacity(), this.backlog + BATCH);
		Setting setting = Setting.SHIPPED.withCapacity(capacity).withRetention(this.kept);
		Report.line("store in memory with %s; %d jobs wait".formatted(setting.deviations(), this.backlog));
		this.store = Rig.memory(setting);
		for (int i = 0; i < this.backlog; i += BATCH) {
			insert(BATCH);
		}
	}

	/**
	 * Lets go of the store.
	 */
	@TearDown(Level.Trial)
	public void close() {
		this.store.close();
	}

	/**
	 * Each call is about one job.
	 * @return how many were settled
	 */
	@Benchmark
	public int one() {
		return run(1);
	}

	/**
	 * Each call is about a hundred jobs.
	 * @return how many were settled
	 */
	@Benchmark
	@OperationsPerInvocation(BATCH)
	public int hundred() {
		return run(BATCH);
	}

	private int run(int jobs) {
		insert(jobs);
		WorkStore work = this.store.work();
		List<Settlement> settlements = new ArrayList<>(jobs);
		for (ClaimedJob job : work.claim(new ClaimRequest(List.of(QueueName.DEFAULT), jobs, LEASE, WORKER)).jobs()) {
			settlements.add(new Settlement(job.lease(), DONE));
		}
		List<LeaseAnswer> answers = work.settle(settlements, this.kept.retention());
		if (answers.size() != jobs || answers.contains(LeaseAnswer.LOST)) {
			throw new IllegalStateException("Of %d jobs not all were settled: %s".formatted(jobs, answers));
		}
		return answers.size();
	}

	private void insert(int jobs) {
		List<NewJob> group = new ArrayList<>(jobs);
		for (int i = 0; i < jobs; i++) {
			group.add(new NewJob(this.ids.next(), this.spec, Due.NOW));
		}
		this.store.work().insert(List.of(InsertGroup.of(group)));
	}

	MemoryStore store() {
		return this.store;
	}

}
