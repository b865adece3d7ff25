package dev.q.boot.postgres;

import java.util.List;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobTemplate;
import dev.q.boot.postgres.Database.Heard;
import dev.q.event.JobEvent;
import dev.q.job.JobDetails;
import dev.q.job.JobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(120)
class TransactionalHandlersTests {

	private final Database database = new Database();

	private final ApplicationContextRunner application = this.database.application()
		.withUserConfiguration(TransactionalHandlers.class, TransactionalNotes.class)
		.withPropertyValues("q.retry.policy=fixed(0s)", "q.worker.poll-interval=100ms");

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void theEffectIsThereWithTheEndOfTheJob() {
		this.application.run((context) -> {
			JobReceipt receipt = jobs(context).enqueue("write", "a");

			heard(context).await(JobEvent.Succeeded.class);
			assertThat(this.database.effects()).containsExactly("a");
			assertThat(job(context, receipt).state()).isEqualTo(JobState.SUCCEEDED);
		});
	}

	@Test
	void theEffectOfAFailedAttemptIsUndone() {
		this.application.run((context) -> {
			JobReceipt receipt = jobs(context).enqueue("write-and-fail-twice", "a");

			heard(context).await(JobEvent.Succeeded.class);
			assertThat(this.database.effects()).containsExactly("a-3");
			assertThat(job(context, receipt).job().counters().failures()).isEqualTo(2);
		});
	}

	@Test
	void theCommitOfAStaleWorkerIsRolledBack() {
		this.application.run((context) -> {
			JobReceipt receipt = jobs(context).enqueue("write-then-lose", "a");

			heard(context).await(JobEvent.LeaseLost.class);
			assertThat(job(context, receipt).state()).isEqualTo(JobState.CANCELLED);
			assertThat(this.database.effects()).isEmpty();
		});
	}

	@Test
	void aCommitThatFailsIsAFailureOfTheAttempt() {
		this.database.place().server().execute("create table strict (n int unique deferrable initially deferred)");
		this.application.run((context) -> {
			JobReceipt receipt = jobs(context).enqueue("break-commit-once", "a");

			assertThat(heard(context).await(JobEvent.Retried.class).error().type()).contains("DuplicateKey");
			heard(context).await(JobEvent.Succeeded.class);
			assertThat(this.database.effects()).containsExactly("a-2");
			assertThat(job(context, receipt).job().counters().failures()).isOne();
		});
	}

	@Test
	void aCommitWhoseAnswerIsLostIsNotRepeated() {
		this.database.withoutJobs()
			.withUserConfiguration(Database.LossyCommitsOfTheApplication.class, TransactionalHandlers.class,
					TransactionalNotes.class)
			.withPropertyValues("q.retry.policy=fixed(0s)")
			.run((context) -> {
				JobReceipt receipt = jobs(context).enqueue("write-and-lose-answer", "a");

				heard(context).await(JobEvent.LeaseLost.class);
				assertThat(job(context, receipt).state()).isEqualTo(JobState.SUCCEEDED);
				assertThat(job(context, receipt).job().counters().failures()).isZero();
				assertThat(this.database.effects()).containsExactly("a");
			});
	}

	@Test
	void theHandlersOwnTransactionsNest() {
		this.application.run((context) -> {
			jobs(context).enqueue("annotated", "a");

			heard(context).await(JobEvent.Succeeded.class);
			assertThat(this.database.effects()).containsExactly("a-apart-1", "a-apart-2", "a-joined-2");
		});
	}

	@Test
	void aHandlerThatMarksItsTransactionForRollbackHasFailed() {
		this.application.run((context) -> {
			jobs(context).enqueue("swallow-once", "a");

			assertThat(heard(context).await(JobEvent.Retried.class).error().type())
				.contains("UnexpectedRollbackException");
			heard(context).await(JobEvent.Succeeded.class);
			assertThat(this.database.effects()).containsExactly("a-2");
		});
	}

	@Test
	void jobsThatAHandlerEnqueuesCommitWithItsOwn() {
		this.application.run((context) -> {
			jobs(context).enqueue("parent", "a");

			heard(context).await(JobEvent.Retried.class);
			heard(context).await(JobEvent.Succeeded.class);
			heard(context).await(JobEvent.Succeeded.class);
			assertThat(this.database.effects()).containsExactly("child");
		});
	}

	@Test
	void whatAHandlerSaysOfItsJobCommitsToo() {
		this.application.run((context) -> {
			JobReceipt receipt = jobs(context).enqueue("write-and-snooze", "a");

			heard(context).await(JobEvent.Released.class);
			assertThat(this.database.effects()).containsExactly("a");
			assertThat(job(context, receipt).state()).isEqualTo(JobState.SCHEDULED);
		});
	}

	@Test
	void aTransactionThatIsOpenForTwoLeasesCostsNobodyALease() {
		this.application.run((context) -> {
			JobTemplate jobs = jobs(context).with(JobOptions.NONE.lease(TransactionalHandlers.LEASE));
			List<JobReceipt> receipts = List.of(jobs.enqueue("complete-and-stay", "a"), jobs.enqueue("stay", "b"));

			heard(context).await(JobEvent.Succeeded.class);
			heard(context).await(JobEvent.Succeeded.class);
			for (JobReceipt receipt : receipts) {
				assertThat(job(context, receipt).job().counters().deliveries()).isOne();
				assertThat(job(context, receipt).job().counters().crashes()).isZero();
			}
			assertThat(heard(context).types(JobEvent.LeaseLost.class)).isEmpty();
		});
	}

	private static Heard heard(ApplicationContext context) {
		return context.getBean(Heard.class);
	}

	private static JobTemplate jobs(ApplicationContext context) {
		return context.getBean(JobTemplate.class);
	}

	private static JobDetails job(ApplicationContext context, JobReceipt receipt) {
		return jobs(context).find(receipt).orElseThrow();
	}

}
