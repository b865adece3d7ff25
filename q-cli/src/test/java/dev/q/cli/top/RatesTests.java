package dev.q.cli.top;

import java.util.Map;

import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.Pause;
import dev.q.store.QueueStats;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RatesTests {

	private static final long TWO_SECONDS = 2_000_000_000L;

	@Test
	void jobsThatCameInAndEndedAreTold() {
		Rates rates = Rates.between(queue(10, 0, 100), queue(30, 2, 140), TWO_SECONDS);

		assertThat(rates).isEqualTo(new Rates(11, 31, 20));
	}

	@Test
	void endedJobsThatAreDeletedMakeNoNegativeRate() {
		Rates rates = Rates.between(queue(10, 0, 10_000), queue(4, 0, 9_000), TWO_SECONDS);

		assertThat(rates).isEqualTo(new Rates(-3, 0, 0));
	}

	@Test
	void whatEndedIsKnownToHaveComeIn() {
		Rates rates = Rates.between(queue(0, 0, 0), queue(0, 0, 50), TWO_SECONDS);

		assertThat(rates).isEqualTo(new Rates(0, 25, 25));
	}

	@Test
	void aQueueThatWasNotListedWasEmpty() {
		Rates rates = Rates.between(null, queue(6, 0, 0), TWO_SECONDS);

		assertThat(rates).isEqualTo(new Rates(3, 3, 0));
	}

	private static QueueStats queue(long ready, long running, long succeeded) {
		return new QueueStats(new QueueName("q"), Pause.NONE,
				Map.of(JobState.READY, ready, JobState.RUNNING, running, JobState.SUCCEEDED, succeeded), null, null);
	}

}
