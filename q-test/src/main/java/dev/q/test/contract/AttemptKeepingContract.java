package dev.q.test.contract;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import dev.q.job.JobError;
import dev.q.job.JobId;
import dev.q.job.Outcome;
import dev.q.job.history.AttemptHistory;
import dev.q.job.history.AttemptOutcome;
import dev.q.store.ClaimedJob;
import dev.q.store.Retention;
import dev.q.test.HandWorker;
import dev.q.test.JobDraft;
import dev.q.test.Race;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How much is kept of the attempts of a job, and for how long.
 *
 * @since 0.1
 */
public abstract class AttemptKeepingContract extends AttemptTheme {

	private static final int MOST = AttemptHistory.MOST;

	private static final Retention NONE = new Retention(Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

	private static final Retention ONE_SUCCESS = new Retention(hours(1), 1, hours(1), hours(1), hours(1));

	@Test
	void noMoreThanTheLastAttemptsAreKept() {
		JobId id = insert(aJob());
		for (int number = 1; number <= MOST + 3; number++) {
			worker().settle(worker().claimOne(), new Outcome.Retry(Duration.ZERO, JobError.of("F", "of " + number)));
			assertThat(attempts(id)).hasSize(Math.min(number, MOST));
		}

		assertThat(numbers(id)).containsExactlyElementsOf(IntStream.rangeClosed(4, MOST + 3).boxed().toList());
		worker().claimOne();
		assertThat(numbers(id)).containsExactlyElementsOf(IntStream.rangeClosed(5, MOST + 4).boxed().toList());
	}

	@Test
	void onlyTheLastOfThemKeepTheirStackTraces() {
		JobId id = insert(aJob());
		JobError error = new JobError("F", "twice\nas\tlong", "at one\nat two");
		int all = AttemptHistory.STACK_TRACES + 2;
		for (int number = 1; number <= all; number++) {
			worker().settle(worker().claimOne(), new Outcome.Retry(Duration.ZERO, error));
		}

		assertThat(errors(id)).startsWith(error.withoutStackTrace(), error.withoutStackTrace(), error)
			.endsWith(error)
			.hasSize(all);
		assertThat(details(id).lastError()).isEqualTo(error);
	}

	@Test
	void handBacksTakeStackTracesAwayAsWell() {
		JobId id = insert(aJob());
		JobError error = new JobError("F", "failed", "at one");
		worker().settle(worker().claimOne(), new Outcome.Retry(Duration.ZERO, error));
		for (int i = 0; i < AttemptHistory.STACK_TRACES; i++) {
			assertThat(errors(id)).startsWith(error);
			worker().handBack(worker().claimOne());
		}

		assertThat(errors(id)).startsWith(error.withoutStackTrace());
		assertThat(details(id).lastError()).isEqualTo(error);
	}

	@Test
	void hugeFailuresAndStrangeCharactersAreKeptAsFarAsTheyCanBe() {
		JobError huge = new JobError("T\n|", "\ud800 lone \u0000 nul \ud834\udd1e \\ ", "\u0000|x\n".repeat(50_000));
		JobId id = insert(aJob());
		for (int i = 0; i < MOST + 1; i++) {
			worker().settle(worker().claimOne(), new Outcome.Retry(Duration.ZERO, huge));
		}

		assertThat(errors(id)).hasSize(MOST).startsWith(huge.withoutStackTrace()).endsWith(huge, huge);
		assertThat(attempts(id).stream().mapToInt((attempt) -> sizeOf(Objects.requireNonNull(attempt.error()))).sum())
			.isLessThan(MOST * 16 * 1024);
	}

	private static int sizeOf(JobError error) {
		return error.type().length() + error.message().length() + error.stackTrace().length();
	}

	@Test
	void emptyFailuresAreFailures() {
		JobId id = insert(aJob());
		worker().settle(worker().claimOne(), new Outcome.Retry(Duration.ZERO, new JobError("", "", "")));
		worker().settle(worker().claimOne(), new Outcome.Retry(Duration.ZERO, new JobError("", "", "")));

		assertThat(errors(id)).containsExactly(new JobError("", "", ""), new JobError("", "", ""));
	}

	@Test
	void theHistoryIsGoneWithItsJobHoweverThatGoes() {
		waysToGo().forEach((way, step) -> {
			JobDraft draft = aJob();
			insert(draft);
			for (int i = 0; i < 3; i++) {
				worker().fail(worker().claimOne(), Duration.ZERO);
			}
			step.accept(draft.id());
			assertThat(isKnown(draft.id())).as("known after it was %s", way).isFalse();
			assertThat(attempts(draft.id())).as("after it was %s", way).isEmpty();

			insert(draft);
			assertThat(attempts(draft.id())).as("of another job of that id, after it was %s", way).isEmpty();
			worker().fail(worker().claimOne(), Duration.ZERO);
			assertThat(numbers(draft.id())).as("of another job of that id, after it was %s", way).containsExactly(1);
			store().control().delete(List.of(draft.id()));
		});
	}

	private Map<String, Consumer<JobId>> waysToGo() {
		Map<String, Consumer<JobId>> ways = new LinkedHashMap<>();
		ways.put("deleted while it waited", (id) -> store().control().delete(List.of(id)));
		ways.put("deleted while it ran", (id) -> {
			worker().claimOne();
			store().control().delete(List.of(id));
		});
		ways.put("deleted when it was dead", (id) -> {
			worker().bury(worker().claimOne());
			store().control().delete(List.of(id));
		});
		ways.put("forgotten", (id) -> {
			worker().succeed(worker().claimOne());
			store().control().forget(DEFAULT, List.of(id));
		});
		HandWorker keepsNothing = worker().keeping(NONE);
		ways.put("done and not kept", (id) -> keepsNothing.succeed(worker().claimOne()));
		ways.put("dead and not kept", (id) -> keepsNothing.bury(worker().claimOne()));
		ways.put("called off and not kept", (id) -> keepsNothing.callOff(worker().claimOne()));
		ways.putAll(waysToBePurged());
		return ways;
	}

	private Map<String, Consumer<JobId>> waysToBePurged() {
		Map<String, Consumer<JobId>> ways = new LinkedHashMap<>();
		ways.put("done and purged", (id) -> {
			worker().succeed(worker().claimOne());
			purge(NONE);
		});
		ways.put("one too many that were done", (id) -> {
			HandWorker keepsOne = worker().keeping(ONE_SUCCESS);
			keepsOne.succeed(worker().claimOne());
			keepsOne.succeed(running(aJob()));
			purge(ONE_SUCCESS);
		});
		ways.put("dead and purged", (id) -> {
			worker().bury(worker().claimOne());
			purge(NONE);
		});
		ways.put("cancelled and purged", (id) -> {
			store().control().cancel(List.of(id), "called off");
			purge(NONE);
		});
		return ways;
	}

	@Test
	void theHistoriesOfManyJobsThatFailAtOnceAreWhole() {
		int jobs = 60;
		List<JobId> ids = insertMany(jobs);
		for (int round = 0; round < 3; round++) {
			Race.of(4, (runner) -> () -> {
				HandWorker mine = worker("worker-" + runner);
				List<ClaimedJob> claimed = mine.claim(jobs / 4);
				claimed.forEach((job) -> mine.fail(job, Duration.ZERO));
				return claimed.size();
			});
			for (ClaimedJob late : worker().claim(jobs)) {
				worker().handBack(late);
			}
		}

		for (JobId id : ids) {
			int deliveries = job(id).counters().deliveries();
			assertThat(numbers(id)).containsExactlyElementsOf(IntStream.rangeClosed(1, deliveries).boxed().toList());
			assertThat(outcomes(id).stream().filter(AttemptOutcome.FAILED::equals))
				.hasSize(job(id).counters().failures());
		}
	}

}
