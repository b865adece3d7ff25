package dev.q.test.contract;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.q.client.result.ResultSettings;
import dev.q.client.result.StoreResults;
import dev.q.event.JobEvents;
import dev.q.job.DeadReason;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.job.StoredResult;
import dev.q.ports.SystemClock;
import dev.q.result.JobResult;
import dev.q.result.JobResults;
import dev.q.result.UnreadableResultException;
import dev.q.store.ClaimedJob;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.test.HandWorker;
import dev.q.test.Race;
import dev.q.test.TextCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Reading what became of jobs, and deleting it.
 *
 * @since 0.1
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
public abstract class ResultContract extends Theme {

	private JobEvents events;

	private StoreResults results;

	@BeforeEach
	void openTheResults() {
		this.events = new JobEvents(List.of());
		this.results = results(Retention.DEFAULT);
	}

	@AfterEach
	void closeTheResults() {
		this.results.close();
	}

	private StoreResults results(Retention retention) {
		return new StoreResults(store(), new TextCodec(), this.events, new ResultSettings(retention, false),
				new SystemClock());
	}

	@Test
	void aResultTellsHowAJobStandsAndHowItEnds() {
		JobId id = insert(aJob());
		assertThat(get(id)).isEqualTo(new JobResult.Pending<>(JobState.READY));
		ClaimedJob claimed = worker().claimOne();
		assertThat(get(id)).isEqualTo(new JobResult.Running<>());
		worker().fail(claimed, seconds(5));
		assertThat(get(id)).isEqualTo(new JobResult.Pending<>(JobState.RETRYING));
		pass(seconds(5));
		promote();

		succeed(worker().claimOne(), "done");

		assertThat(get(id)).isEqualTo(new JobResult.Succeeded<>("done", null));
		assertThat(this.results.get(DEFAULT, id, String.class)).isEqualTo(get(id));
		assertThat(get(id).hasEnded()).isTrue();
	}

	@Test
	void everyEndIsTold() {
		ClaimedJob dead = running(aJob());
		worker().bury(dead);
		ClaimedJob cancelled = running(aJob());
		worker().callOff(cancelled);
		JobId expired = insert(aJob().livingFor(seconds(1)));
		pass(seconds(2));
		expire();

		assertThat(get(dead.job().id())).isEqualTo(new JobResult.Failed<>(HandWorker.FAILURE, DeadReason.EXHAUSTED));
		assertThat(get(cancelled.job().id())).isEqualTo(new JobResult.Cancelled<>("called off"));
		assertThat(get(expired)).isEqualTo(new JobResult.Expired<>());
		assertThat(get(aJob().id())).isEqualTo(new JobResult.NotFound<>());
	}

	@Test
	void aJobThatLeftNothingHasSucceededWithNull() {
		ClaimedJob claimed = running(aJob());
		worker().succeed(claimed);
		ClaimedJob large = running(aJob());
		worker().settle(large, new Outcome.Succeeded(new StoredResult.Omitted("too large")));

		assertThat(get(claimed.job().id())).isEqualTo(new JobResult.Succeeded<>(null, null));
		assertThat(get(large.job().id())).isEqualTo(new JobResult.Succeeded<>(null, "too large"));
	}

	@Test
	void aResultOfAnotherClassIsRefusedByNameAndStays() {
		ClaimedJob claimed = running(aJob());
		succeed(claimed, "text");
		JobId id = claimed.job().id();

		assertThatExceptionOfType(UnreadableResultException.class)
			.isThrownBy(() -> this.results.readOnce().get(id, Integer.class))
			.withMessageContaining(id.toString())
			.withMessageContaining(claimed.job().spec().type().value())
			.withMessageContaining("java.lang.Integer");
		assertThat(get(id)).isEqualTo(new JobResult.Succeeded<>("text", null));
	}

	@Test
	void whereNothingIsKeptThatIsSaid() {
		try (StoreResults untracked = results(Retention.NOTHING)) {
			JobId waiting = insert(aJob());

			assertThat(untracked.get(aJob().id(), String.class)).isEqualTo(new JobResult.TrackingDisabled<>());
			assertThat(untracked.get(waiting, String.class)).isEqualTo(new JobResult.Pending<>(JobState.READY));
		}
	}

	@Test
	void aResultThatIsReadOnceIsGoneAfterwards() {
		ClaimedJob claimed = running(aJob());
		succeed(claimed, "once");
		JobId id = claimed.job().id();

		assertThat(this.results.readOnce().get(id, String.class)).isEqualTo(new JobResult.Succeeded<>("once", null));
		assertThat(this.results.readOnce().get(id, String.class)).isEqualTo(new JobResult.NotFound<>());
		assertThat(isKnown(id)).isFalse();
	}

	@Test
	void readingOnceTakesNothingFromAJobThatLives() {
		JobId id = insert(aJob());
		JobResults once = this.results.readOnce();
		assertThat(once.get(id, String.class)).isEqualTo(new JobResult.Pending<>(JobState.READY));
		worker().bury(worker().claimOne());
		store().control().retry(List.of(id));

		assertThat(once.get(id, String.class)).isEqualTo(new JobResult.Pending<>(JobState.READY));
		assertThat(state(id)).isEqualTo(JobState.READY);
	}

	@Test
	void ofTwoReadersAtOnceOneGetsTheResult() {
		JobResults once = this.results.readOnce();
		try (Race race = Race.between(2)) {
			for (int round = 0; round < 50; round++) {
				ClaimedJob claimed = running(aJob());
				succeed(claimed, "only");

				Callable<JobResult<String>> reader = () -> once.get(claimed.job().id(), String.class);
				List<JobResult<String>> read = race.run(List.of(reader, reader));

				assertThat(read).containsExactlyInAnyOrder(new JobResult.Succeeded<>("only", null),
						new JobResult.NotFound<>());
			}
		}
	}

	@Test
	void whatIsKeptCanBeCleared() {
		List<JobId> here = ended(DEFAULT, 150);
		List<JobId> there = ended(MAIL, 3);
		List<JobId> elsewhere = ended(REPORTS, 2);
		JobId alive = insert(aJob().in(MAIL));

		assertThat(this.results.clear(List.of(there.get(0), alive, aJob().id()))).isOne();
		assertThat(this.results.clear(MAIL)).isEqualTo(2);
		assertThat(this.results.clear()).isEqualTo(152);
		assertThat(here).noneMatch(this::isKnown);
		assertThat(elsewhere).noneMatch(this::isKnown);
		assertThat(state(alive)).isEqualTo(JobState.READY);
	}

	private JobResult<String> get(JobId id) {
		return this.results.get(id, String.class);
	}

	private LeaseAnswer succeed(ClaimedJob claimed, String result) {
		return worker().settle(claimed, new Outcome.Succeeded(new StoredResult.Value(payload(result))));
	}

	private List<JobId> ended(QueueName queue, int count) {
		List<JobId> ids = insertGroup(Stream.generate(() -> aJob().in(queue)).limit(count).toList());
		HandWorker worker = worker().on(queue);
		worker.claim(count).forEach(worker::bury);
		return ids;
	}

}
