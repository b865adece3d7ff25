package dev.q.boot.stores;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.q.JobHandler;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.boot.QAutoConfiguration;
import dev.q.boot.health.QHealthContributorAutoConfiguration;
import dev.q.boot.health.QHealthIndicator;
import dev.q.boot.postgres.QNamedPostgresStoresAutoConfiguration;
import dev.q.boot.redis.QNamedRedisStoresAutoConfiguration;
import dev.q.job.QueueName;
import dev.q.store.JobStore;
import dev.q.store.StoreException;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import dev.q.test.server.postgres.PostgresPlace;
import dev.q.test.server.postgres.PostgresServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Memory, Redis and PostgreSQL in one application, on real servers.
 */
@Timeout(180)
class ThreeStoresTests {

	private final PostgresPlace place = PostgresServers.shared().freshSchema();

	private final RedisProcess redis = RedisServers.start();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class, QStoresAutoConfiguration.class,
				QNamedRedisStoresAutoConfiguration.class, QNamedPostgresStoresAutoConfiguration.class,
				QHealthContributorAutoConfiguration.class, DataRedisAutoConfiguration.class,
				DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				TransactionAutoConfiguration.class))
		.withUserConfiguration(Handlers.class)
		.withPropertyValues("spring.datasource.url=" + this.place.url(),
				"spring.datasource.username=" + this.place.server().user(),
				"spring.datasource.password=" + this.place.server().password(),
				"spring.datasource.hikari.maximum-pool-size=6", "spring.data.redis.host=" + this.redis.server().host(),
				"spring.data.redis.port=" + this.redis.server().port(), "q.stores.ledger.store=postgres",
				"q.stores.ledger.queues=orders", "q.stores.ledger.postgres.schema=" + this.place.name(),
				"q.stores.fast.store=redis", "q.stores.fast.queues=clicks");

	@AfterEach
	void close() {
		this.redis.close();
		this.place.close();
	}

	@Test
	void eachQueueIsInItsStoreAndOneWorkerRunsAll() {
		this.runner.run((context) -> {
			List<JobReceipt> receipts = jobs(context).enqueueAll(
					List.of(JobRequest.of("order", "1"), JobRequest.of("click", "2"), JobRequest.of("note", "3")));
			Handlers handlers = context.getBean(Handlers.class);
			JobStore stores = context.getBean(JobStore.class);

			assertThat(List.of(handlers.next(), handlers.next(), handlers.next())).containsExactlyInAnyOrder("order 1",
					"click 2", "note 3");
			assertThat(receipts).allSatisfy((receipt) -> assertThat(jobs(context).find(receipt.id())).isPresent());
			assertThat(Map.of("orders", "postgres", "clicks", "redis", "default", "memory"))
				.allSatisfy((queue, store) -> assertThat(stores.storeOf(new QueueName(queue)).name()).isEqualTo(store));
			assertThat(stores.storeOf(new QueueName("orders")).catalog().queues())
				.extracting((stats) -> stats.queue().value())
				.containsExactly("orders");
		});
	}

	@Test
	void inATransactionOnlyTheJobsOfItsDatabaseJoin() {
		this.runner.withPropertyValues("q.worker.enabled=false").run((context) -> {
			List<JobReceipt> kept = transaction(context).execute((status) -> jobs(context)
				.enqueueAll(List.of(JobRequest.of("order", "1"), JobRequest.of("click", "2"))));
			List<JobReceipt> dropped = transaction(context).execute((status) -> {
				status.setRollbackOnly();
				return jobs(context).enqueueAll(List.of(JobRequest.of("order", "3"), JobRequest.of("click", "4")));
			});

			assertThat(kept).extracting(JobReceipt::status)
				.containsExactly(JobReceipt.Status.JOINED, JobReceipt.Status.DEFERRED);
			assertThat(kept).allSatisfy((receipt) -> assertThat(jobs(context).find(receipt)).isPresent());
			assertThat(dropped).allSatisfy((receipt) -> assertThat(jobs(context).find(receipt)).isEmpty());
		});
	}

	@Test
	void whileRedisIsDownTheOthersGoOnAndItsOwnJobsFollowWhenItIsBack() {
		this.runner.run((context) -> {
			Handlers handlers = context.getBean(Handlers.class);
			jobs(context).enqueue("click", "1");
			assertThat(handlers.next()).isEqualTo("click 1");

			this.redis.kill();
			for (int i = 0; i < 20; i++) {
				jobs(context).enqueue("order", "" + i);
				assertThat(handlers.next()).isEqualTo("order " + i);
			}
			assertThatExceptionOfType(StoreException.class).isThrownBy(() -> jobs(context).enqueue("click", "2"));
			assertThat(context.getBean(QHealthIndicator.class).health().getStatus()).isEqualTo(Status.DOWN);
			assertThat(context.getBean(QHealthIndicator.class).health().getDetails()).containsKey("STORE_AWAY");
			this.redis.restart();
			enqueueUntilStored(context);

			assertThat(handlers.next()).isEqualTo("click 3");
		});
	}

	@Test
	void aHandlerThatSettlesInItsTransactionIsRefusedWhereItsQueueIsNotInTheDatabase() {
		this.runner.withUserConfiguration(InTransactionOnPostgres.class)
			.run((context) -> assertThat(context).hasNotFailed());
		this.runner.withUserConfiguration(InTransactionOnRedis.class)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContainingAll("redis", "clicks"));
	}

	/** Lettuce connects again by itself, in a moment that nobody tells. */
	private static void enqueueUntilStored(ApplicationContext context) {
		boolean stored = false;
		while (!stored) {
			try {
				jobs(context).enqueue("click", "3");
				stored = true;
			}
			catch (StoreException ex) {
				Thread.onSpinWait();
			}
		}
	}

	private static JobTemplate jobs(ApplicationContext context) {
		return context.getBean(JobTemplate.class);
	}

	private static TransactionTemplate transaction(ApplicationContext context) {
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		private final BlockingQueue<String> runs = new LinkedBlockingQueue<>();

		@JobHandler(value = "order", queue = "orders")
		void order(String number) {
			this.runs.add("order " + number);
		}

		@JobHandler(value = "click", queue = "clicks")
		void click(String number) {
			this.runs.add("click " + number);
		}

		@JobHandler("note")
		void note(String number) {
			this.runs.add("note " + number);
		}

		@Nullable String next() throws InterruptedException {
			return this.runs.poll(30, TimeUnit.SECONDS);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InTransactionOnPostgres {

		@JobHandler(value = "booking", queue = "orders", transactional = true)
		void book() {
			// nothing
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class InTransactionOnRedis {

		@JobHandler(value = "visit", queue = "clicks", transactional = true)
		void visit() {
			// nothing
		}

	}

}
