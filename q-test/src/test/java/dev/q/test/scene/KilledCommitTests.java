package dev.q.test.scene;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

import dev.q.JobOptions;
import dev.q.event.JobEvent;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.JobStore;
import dev.q.test.scene.host.PostgresHost;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A PostgreSQL is killed with -9 again and again, while jobs are stored and settled in
 * the transactions of their effects.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class KilledCommitTests {

	private static final Logger logger = LoggerFactory.getLogger(KilledCommitTests.class);

	private static final int JOBS_PER_KILL = 500;

	/** A job that is in hand at every kill crashes or fails each time. */
	private static final JobOptions OPTIONS = JobOptions.NONE.maxCrashes(100).maxAttempts(100);

	@ParameterizedTest
	@MethodSource("dev.q.test.scene.host.Hosts#onePostgres")
	void nothingIsLostAndNoEffectIsThereTwice(PostgresHost.Kind kind) {
		killAgainAndAgain(kind, 5);
	}

	@Tag("deep")
	@ParameterizedTest
	@MethodSource("dev.q.test.scene.host.Hosts#postgres")
	void nothingIsLostAndNoEffectIsThereTwiceAfterTwentyKills(PostgresHost.Kind kind) {
		killAgainAndAgain(kind, 20);
	}

	private static void killAgainAndAgain(PostgresHost.Kind kind, int kills) {
		long start = System.nanoTime();
		LongAdder lost = new LongAdder();
		try (PostgresHost host = kind.start();
				JobStore store = host.open();
				Effects effects = Effects.of(host, store,
						(event) -> lost.add((event instanceof JobEvent.LeaseLost) ? 1 : 0));
				Load load = Load.of(store, 4, Duration.ZERO, OPTIONS)) {
			for (int i = 1; i <= kills; i++) {
				load.awaitJobs(i * JOBS_PER_KILL - JOBS_PER_KILL / 2);
				host.kill();
				host.restart();
			}
			load.awaitJobs(kills * JOBS_PER_KILL);
			new Aftermath(load, store).drain();
			List<JobDetails> jobs = new Jobs(store).find(load.acknowledged().keySet());
			long again = effects.runs() - effects.jobs().size();
			logger.info("{}: {} kills, {} jobs acknowledged, {} runs without effect, {} leases lost; {} s", kind, kills,
					jobs.size(), again, lost.sum(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
			assertThat(jobs).hasSameSizeAs(load.acknowledged().keySet())
				.extracting(JobDetails::state)
				.containsOnly(JobState.SUCCEEDED);
			Set<String> ids = load.acknowledged().keySet().stream().map(JobId::toString).collect(Collectors.toSet());
			assertThat(effects.jobs()).doesNotHaveDuplicates().containsAll(ids);
			assertThat(again).as("runs that were rolled back, else this shows nothing").isPositive();
		}
	}

}
