package dev.q.boot.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.q.JobHandler;
import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.QueueFullException;
import dev.q.TransactionMode;
import dev.q.UnsupportedJobOptionException;
import dev.q.boot.OverNothing;
import dev.q.boot.postgres.Database.Heard;
import dev.q.event.JobEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Timeout(120)
class JoinedJobsTests {

	private final Database database = new Database();

	private final ApplicationContextRunner producer = this.database.application()
		.withPropertyValues("q.worker.enabled=false");

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void aJobCommitsWithTheDataOfItsTransaction() {
		this.producer.run((context) -> {
			JobReceipt receipt = required(context).execute((status) -> {
				Database.write(jdbc(context), "order");
				JobReceipt joined = jobs(context).enqueue("job", null);
				assertThat(joined.status()).isEqualTo(JobReceipt.Status.JOINED);
				assertThat(jobs(context).find(joined)).isEmpty();
				assertThat(enqueued(context)).isEmpty();
				return joined;
			});

			assertThat(jobs(context).find(receipt)).isPresent();
			assertThat(enqueued(context)).containsExactly("job");
			assertThat(this.database.effects()).containsExactly("order");
		});
	}

	@Test
	void aJobVanishesWithTheDataOfItsTransaction() {
		this.producer.run((context) -> {
			JobReceipt receipt = required(context).execute((status) -> {
				status.setRollbackOnly();
				Database.write(jdbc(context), "order");
				return jobs(context).enqueue("job", null);
			});

			assertThat(jobs(context).find(receipt)).isEmpty();
			assertThat(enqueued(context)).isEmpty();
			assertThat(this.database.effects()).isEmpty();
		});
	}

	@Test
	void aWorkerRunsItAfterTheCommitAndNotBefore() {
		this.database.application().withUserConfiguration(Greeter.class).run((context) -> {
			required(context).executeWithoutResult((status) -> {
				jobs(context).enqueue("greet", "Ada");
				// Stored past the transaction and behind the first job, so if that could
				// be seen it would be run first.
				jobs(context).with(JobOptions.NONE.transaction(TransactionMode.NONE)).enqueue("greet", "Bob");
				assertThat(context.getBean(Greeter.class).next()).isEqualTo("Bob");
			});

			assertThat(context.getBean(Greeter.class).next()).isEqualTo("Ada");
		});
	}

	@Test
	void aNestedTransactionThatIsRolledBackTakesItsJobsWithIt() {
		this.producer.run((context) -> {
			required(context).executeWithoutResult((status) -> {
				enqueueIn(context, TransactionDefinition.PROPAGATION_NESTED, "lost-first", true);
				jobs(context).enqueue("before", null);
				enqueueIn(context, TransactionDefinition.PROPAGATION_NESTED, "lost", true);
				enqueueIn(context, TransactionDefinition.PROPAGATION_NESTED, "kept", false);
			});

			assertThat(this.database.jobs()).containsExactlyInAnyOrder("before", "kept");
			assertThat(enqueued(context)).containsExactly("before", "kept");
		});
	}

	@Test
	void aTransactionOfItsOwnHasJobsOfItsOwn() {
		this.producer.run((context) -> {
			required(context).executeWithoutResult((status) -> {
				status.setRollbackOnly();
				jobs(context).enqueue("outer", null);
				enqueueIn(context, TransactionDefinition.PROPAGATION_REQUIRES_NEW, "inner", false);
				enqueueIn(context, TransactionDefinition.PROPAGATION_REQUIRES_NEW, "inner-lost", true);
				enqueueIn(context, TransactionDefinition.PROPAGATION_NOT_SUPPORTED, "suspended", false);
				assertThat(this.database.jobs()).containsExactlyInAnyOrder("inner", "suspended");
			});

			assertThat(this.database.jobs()).containsExactlyInAnyOrder("inner", "suspended");
			assertThat(enqueued(context)).containsExactly("inner", "suspended");
		});
	}

	@Test
	void aReadOnlyTransactionRefusesJobsAndCanBeUsedOn() {
		this.producer.run((context) -> {
			TransactionTemplate readOnly = required(context);
			readOnly.setReadOnly(true);

			readOnly.executeWithoutResult((status) -> {
				assertThatExceptionOfType(UnsupportedJobOptionException.class)
					.isThrownBy(() -> jobs(context).enqueue("refused", null))
					.withMessageContainingAll("read only", "AFTER_COMMIT");
				assertThat(jdbc(context).queryForObject("select count(*) from effect", Long.class)).isZero();
				in(context, TransactionMode.AFTER_COMMIT).enqueue("later", null);
				in(context, TransactionMode.NONE).enqueue("apart", null);
			});

			assertThat(this.database.jobs()).containsExactlyInAnyOrder("later", "apart");
		});
	}

	@Test
	void afterAFullQueueTheTransactionCanBeUsedOn() {
		this.producer.run((context) -> {
			required(context).executeWithoutResult((status) -> {
				JobTemplate bounded = jobs(context).with(JobOptions.NONE.queue("small").maxLength(1));
				bounded.enqueue("first", null);
				assertThatExceptionOfType(QueueFullException.class).isThrownBy(() -> bounded.enqueue("second", null));
				Database.write(jdbc(context), "order");
			});

			assertThat(enqueued(context)).containsExactly("first");
			assertThat(this.database.effects()).containsExactly("order");
		});
	}

	@Test
	void aTransactionOfAnotherResourceIsWaitedFor() {
		this.producer.run((context) -> {
			TransactionTemplate other = new TransactionTemplate(new OverNothing());

			other.executeWithoutResult((status) -> {
				assertThat(jobs(context).enqueue("unset", null).status()).isEqualTo(JobReceipt.Status.DEFERRED);
				assertThatExceptionOfType(UnsupportedJobOptionException.class)
					.isThrownBy(() -> in(context, TransactionMode.JOIN).enqueue("join", null))
					.withMessageContainingAll("another resource", "store postgres");
			});

			assertThat(this.database.jobs()).containsExactly("unset");
		});
	}

	@Test
	void aJobOfACallbackAfterTheCommitIsNotLost() {
		this.producer.withPropertyValues("spring.datasource.hikari.auto-commit=false").run((context) -> {
			required(context).executeWithoutResult((status) -> TransactionSynchronizationManager
				.registerSynchronization(new TransactionSynchronization() {

					@Override
					public void afterCommit() {
						JobReceipt receipt = jobs(context).enqueue("callback", null);
						assertThat(receipt.status()).isEqualTo(JobReceipt.Status.STORED);
					}

				}));

			assertThat(this.database.jobs()).containsExactly("callback");
		});
	}

	@Test
	void aBatchIsPartOfTheTransactionAsAWhole() {
		this.producer.run((context) -> {
			List<JobRequest> requests = List.of(JobRequest.of("a", null), JobRequest.of("b", null),
					JobRequest.of("c", null).with((options) -> options.queue("other")));

			List<JobReceipt> receipts = required(context).execute((status) -> jobs(context).enqueueAll(requests));

			assertThat(receipts).extracting(JobReceipt::status).containsOnly(JobReceipt.Status.JOINED);
			assertThat(this.database.jobs()).containsExactlyInAnyOrder("a", "b", "c");
		});
	}

	@Test
	void thoseWhoEnqueueInTransactionsAtOnceDoNotWriteForEachOther() {
		this.producer.run((context) -> {
			List<Thread> threads = new ArrayList<>();
			for (int i = 0; i < 4; i++) {
				boolean isRolledBack = i % 2 == 0;
				Thread thread = new Thread(() -> {
					for (int j = 0; j < 25; j++) {
						enqueueIn(context, TransactionDefinition.PROPAGATION_REQUIRED, isRolledBack ? "lost" : "kept",
								isRolledBack);
						jobs(context).enqueue("outside", null);
					}
				});
				threads.add(thread);
				thread.start();
			}
			for (Thread thread : threads) {
				thread.join();
			}

			assertThat(this.database.jobs()).hasSize(150).doesNotContain("lost");
		});
	}

	private static void enqueueIn(ApplicationContext context, int propagation, String type, boolean isRolledBack) {
		TransactionTemplate template = required(context);
		template.setPropagationBehavior(propagation);
		template.executeWithoutResult((status) -> {
			if (isRolledBack) {
				status.setRollbackOnly();
			}
			jobs(context).enqueue(type, null);
		});
	}

	private static List<String> enqueued(ApplicationContext context) {
		return context.getBean(Heard.class).types(JobEvent.Enqueued.class);
	}

	private static JobTemplate jobs(ApplicationContext context) {
		return context.getBean(JobTemplate.class);
	}

	private static JobTemplate in(ApplicationContext context, TransactionMode mode) {
		return jobs(context).with(JobOptions.NONE.transaction(mode));
	}

	private static JdbcTemplate jdbc(ApplicationContext context) {
		return context.getBean(JdbcTemplate.class);
	}

	private static TransactionTemplate required(ApplicationContext context) {
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Greeter {

		private final BlockingQueue<String> greeted = new LinkedBlockingQueue<>();

		@JobHandler("greet")
		void greet(String name) {
			this.greeted.add(name);
		}

		String next() {
			try {
				return this.greeted.poll(30, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				throw new AssertionError(ex);
			}
		}

	}

}
