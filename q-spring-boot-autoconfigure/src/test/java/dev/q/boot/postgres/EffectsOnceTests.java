package dev.q.boot.postgres;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.boot.postgres.LossyCommits.Loss;
import dev.q.event.JobEvent;
import dev.q.event.JobListener;
import dev.q.job.JobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many jobs at once, most of whose first attempts end badly, each in its way.
 */
@Timeout(120)
class EffectsOnceTests {

	private static final int JOBS = 200;

	private final Database database = new Database();

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void everyEffectHappensOnceHoweverCommitsEnd() {
		this.database.withoutJobs()
			.withUserConfiguration(Database.LossyCommitsOfTheApplication.class)
			.withBean(Ledger.class)
			.withBean(Ends.class)
			.withPropertyValues("q.retry.policy=fixed(0s)", "q.worker.poll-interval=100ms", "q.worker.concurrency=4")
			.run((context) -> {
				JobTemplate jobs = context.getBean(JobTemplate.class);

				List<JobReceipt> receipts = jobs
					.enqueueAll(IntStream.range(0, JOBS).mapToObj((number) -> JobRequest.of("entry", number)).toList());

				assertThat(context.getBean(Ends.class).left.await(60, TimeUnit.SECONDS)).isTrue();
				assertThat(this.database.effects()).hasSize(JOBS).doesNotHaveDuplicates();
				assertThat(receipts).allSatisfy((receipt) -> assertThat(jobs.find(receipt).orElseThrow().state())
					.isEqualTo(JobState.SUCCEEDED));
			});
	}

	static class Ledger {

		private final JdbcTemplate jdbc;

		private final DataSource source;

		Ledger(JdbcTemplate jdbc, DataSource source) {
			this.jdbc = jdbc;
			this.source = source;
		}

		@JobHandler(value = "entry", transactional = true)
		void enter(int number, JobContext context) {
			Database.write(this.jdbc, "entry " + number);
			if (context.attempt() == 1) {
				spoil(number);
			}
		}

		private void spoil(int number) {
			LossyCommits line = (LossyCommits) this.source;
			switch (number % 4) {
				case 1 -> line.lose(Loss.OF_REQUEST);
				case 2 -> line.lose(Loss.OF_ANSWER);
				case 3 -> throw new IllegalStateException("drill");
				default -> line.lose(Loss.NONE);
			}
		}

	}

	/** A job ends as succeeded, or as lost if its worker never learned that it did. */
	static class Ends implements JobListener {

		private final CountDownLatch left = new CountDownLatch(JOBS);

		@Override
		public void onEvent(JobEvent event) {
			if (event instanceof JobEvent.Succeeded || event instanceof JobEvent.LeaseLost) {
				this.left.countDown();
			}
		}

	}

}
