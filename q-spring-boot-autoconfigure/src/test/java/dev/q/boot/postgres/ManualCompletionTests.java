package dev.q.boot.postgres;

import java.util.List;
import java.util.function.Consumer;

import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.JobReceipt;
import dev.q.JobTemplate;
import dev.q.boot.OverNothing;
import dev.q.boot.postgres.Database.Heard;
import dev.q.event.JobEvent;
import dev.q.job.JobDetails;
import dev.q.job.JobState;
import dev.q.job.LeaseLostException;
import dev.q.job.StoredResult;
import dev.q.store.JobStore;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Timeout(120)
class ManualCompletionTests {

	private final Database database = new Database();

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void theJobIsDoneWithTheCommitWhateverItsHandlerDoesThen() {
		JobDetails job = run(JobEvent.Succeeded.class, (scene) -> {
			scene.required().executeWithoutResult((status) -> {
				Database.write(scene.jdbc, "a");
				scene.job.completeInCurrentTransaction("done");
			});
			throw new IllegalStateException("drill");
		});

		assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(job.result()).isInstanceOf(StoredResult.Value.class);
		assertThat(this.database.effects()).containsExactly("a");
	}

	@Test
	void afterARollbackTheHandlersWordCounts() {
		JobDetails job = run(JobEvent.Retried.class, (scene) -> {
			scene.required().executeWithoutResult((status) -> {
				Database.write(scene.jdbc, "a");
				scene.job.completeInCurrentTransaction();
				status.setRollbackOnly();
			});
			throw new IllegalStateException("drill");
		});

		assertThat(job.state()).isEqualTo(JobState.RETRYING);
		assertThat(this.database.effects()).isEmpty();
	}

	@Test
	void aSavepointThatIsGoneBackToTakesTheCompletionWithIt() {
		JobDetails job = run(JobEvent.Retried.class, (scene) -> {
			scene.required().executeWithoutResult((status) -> {
				Database.write(scene.jdbc, "kept");
				scene.in(TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult((nested) -> {
					scene.job.completeInCurrentTransaction();
					nested.setRollbackOnly();
				});
			});
			throw new IllegalStateException("drill");
		});

		assertThat(job.state()).isEqualTo(JobState.RETRYING);
		assertThat(this.database.effects()).containsExactly("kept");
	}

	@Test
	void aLaterSavepointThatIsGoneBackToLeavesTheCompletion() {
		JobDetails job = run(JobEvent.Succeeded.class, (scene) -> scene.required().executeWithoutResult((status) -> {
			scene.job.completeInCurrentTransaction();
			scene.in(TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult((nested) -> {
				Database.write(scene.jdbc, "lost");
				nested.setRollbackOnly();
			});
		}));

		assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.database.effects()).isEmpty();
	}

	@Test
	void aTransactionWithinAnotherOneIsItsOwn() {
		JobDetails job = run(JobEvent.Succeeded.class, (scene) -> scene.required().executeWithoutResult((status) -> {
			Database.write(scene.jdbc, "lost");
			scene.in(TransactionDefinition.PROPAGATION_REQUIRES_NEW).executeWithoutResult((inner) -> {
				Database.write(scene.jdbc, "kept");
				scene.job.completeInCurrentTransaction();
			});
			status.setRollbackOnly();
		}));

		assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
		assertThat(this.database.effects()).containsExactly("kept");
	}

	@Test
	void withoutATransactionOfItsDatabaseNothingIsCompleted() {
		JobDetails job = run(JobEvent.Succeeded.class, (scene) -> {
			TransactionTemplate readOnly = scene.required();
			readOnly.setReadOnly(true);
			assertRefused(scene.job::completeInCurrentTransaction, "no Spring transaction");
			new TransactionTemplate(new OverNothing()).executeWithoutResult(
					(status) -> assertRefused(scene.job::completeInCurrentTransaction, "no Spring transaction"));
			readOnly
				.executeWithoutResult((status) -> assertRefused(scene.job::completeInCurrentTransaction, "read only"));
			scene.required().executeWithoutResult((status) -> {
				scene.job.completeInCurrentTransaction();
				assertRefused(scene.job::completeInCurrentTransaction, "already");
			});
		});

		assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
	}

	@Test
	void aLostJobRollsTheTransactionBack() {
		JobDetails job = run(JobEvent.LeaseLost.class, (scene) -> {
			scene.store.control().cancel(List.of(scene.job.id()), "drill");
			assertThatExceptionOfType(LeaseLostException.class)
				.isThrownBy(() -> scene.required().executeWithoutResult((status) -> {
					Database.write(scene.jdbc, "lost");
					scene.job.completeInCurrentTransaction();
				}));
		});

		assertThat(job.state()).isEqualTo(JobState.CANCELLED);
		assertThat(this.database.effects()).isEmpty();
	}

	private static void assertRefused(ThrowingCallable call, String why) {
		assertThatIllegalStateException().isThrownBy(call).withMessageContaining(why);
	}

	/** What is known of a job when an event was heard of it. */
	private JobDetails run(Class<? extends JobEvent> event, Consumer<Scene> handler) {
		JobDetails[] found = new JobDetails[1];
		this.database.application()
			.withBean(Handler.class)
			.withBean("work", Consumer.class, () -> handler)
			.withPropertyValues("q.retry.policy=fixed(1h)", "q.worker.poll-interval=100ms")
			.run((context) -> found[0] = awaitJob(context, event));
		return found[0];
	}

	private static JobDetails awaitJob(AssertableApplicationContext context, Class<? extends JobEvent> event)
			throws InterruptedException {
		JobTemplate jobs = context.getBean(JobTemplate.class);
		JobReceipt receipt = jobs.enqueue("work", null);
		context.getBean(Heard.class).await(event);
		AssertionError failure = context.getBean(Handler.class).failure;
		if (failure != null) {
			throw failure;
		}
		return jobs.find(receipt).orElseThrow();
	}

	static class Handler {

		private final JdbcTemplate jdbc;

		private final PlatformTransactionManager transactions;

		private final JobStore store;

		private final Consumer<Scene> work;

		private volatile AssertionError failure;

		Handler(JdbcTemplate jdbc, PlatformTransactionManager transactions, JobStore store, Consumer<Scene> work) {
			this.jdbc = jdbc;
			this.transactions = transactions;
			this.store = store;
			this.work = work;
		}

		@JobHandler("work")
		void work(JobContext job) {
			try {
				this.work.accept(new Scene(job, this.jdbc, this.transactions, this.store));
			}
			catch (AssertionError ex) {
				this.failure = ex;
				throw ex;
			}
		}

	}

	/** What a handler has at hand. */
	record Scene(JobContext job, JdbcTemplate jdbc, PlatformTransactionManager transactions, JobStore store) {

		TransactionTemplate required() {
			return new TransactionTemplate(this.transactions);
		}

		TransactionTemplate in(int propagation) {
			TransactionTemplate template = required();
			template.setPropagationBehavior(propagation);
			return template;
		}

	}

}
