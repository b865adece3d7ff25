package dev.q.boot.postgres;

import java.util.Objects;
import java.util.function.Supplier;

import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.JobReceipt;
import dev.q.JobTemplate;
import dev.q.boot.postgres.Database.Heard;
import dev.q.event.JobEvent;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With JPA, what is written goes to the database with the commit.
 */
@Timeout(120)
class JpaTests {

	private final Database database = new Database();

	JpaTests() {
		this.database.place().server().execute("alter table effect alter what type varchar(10)");
	}

	private final ApplicationContextRunner application = this.database.application()
		.withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class))
		.withUserConfiguration(Persistence.class)
		.withPropertyValues("spring.jpa.hibernate.ddl-auto=none", "q.retry.policy=fixed(0s)",
				"q.worker.poll-interval=100ms");

	@AfterEach
	void close() {
		this.database.close();
	}

	@Test
	void aJobCommitsWithEntities() {
		this.application.withPropertyValues("q.worker.enabled=false").run((context) -> {
			assertThat(context).hasSingleBean(JpaTransactionManager.class);

			JobReceipt receipt = inTransaction(context, false, () -> {
				manager(context).persist(new Effect("a"));
				return jobs(context).enqueue("write", "later");
			});

			assertThat(receipt.status()).isEqualTo(JobReceipt.Status.JOINED);
			assertThat(this.database.effects()).containsExactly("a");
			assertThat(this.database.jobs()).containsExactly("write");
		});
	}

	@Test
	void aJobVanishesWithEntities() {
		this.application.withPropertyValues("q.worker.enabled=false").run((context) -> {
			inTransaction(context, true, () -> {
				manager(context).persist(new Effect("a"));
				return jobs(context).enqueue("write", "later");
			});

			assertThat(this.database.effects()).isEmpty();
			assertThat(this.database.jobs()).isEmpty();
		});
	}

	@Test
	void aJobThatIsEnqueuedByTheFlushOfTheCommitIsPartOfIt() {
		this.application.withPropertyValues("q.worker.enabled=false").run((context) -> {
			for (boolean isRolledBack : new boolean[] { true, false }) {
				inTransaction(context, isRolledBack, () -> {
					Effect effect = new Effect("a");
					effect.onPersist = () -> assertThat(jobs(context).enqueue("write", "later").status())
						.isEqualTo(JobReceipt.Status.JOINED);
					manager(context).persist(effect);
					return effect;
				});
			}

			assertThat(this.database.jobs()).containsExactly("write");
			assertThat(context.getBean(Heard.class).types(JobEvent.Enqueued.class)).containsExactly("write");
		});
	}

	@Test
	void whatATransactionalHandlerPersistsIsThereWithTheEndOfItsJob() {
		this.application.withUserConfiguration(Handlers.class).run((context) -> {
			jobs(context).enqueue("persist", "a");

			context.getBean(Heard.class).await(JobEvent.Retried.class);
			context.getBean(Heard.class).await(JobEvent.Succeeded.class);
			assertThat(this.database.effects()).containsExactly("a-2");
		});
	}

	private static <T> T inTransaction(ApplicationContext context, boolean isRolledBack, Supplier<T> work) {
		return Objects.requireNonNull(
				new TransactionTemplate(context.getBean(PlatformTransactionManager.class)).execute((status) -> {
					if (isRolledBack) {
						status.setRollbackOnly();
					}
					return work.get();
				}));
	}

	private static EntityManager manager(ApplicationContext context) {
		return context.getBean(EntityManager.class);
	}

	private static JobTemplate jobs(ApplicationContext context) {
		return context.getBean(JobTemplate.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = Effect.class)
	static class Persistence {

	}

	static class Handlers {

		private final EntityManager manager;

		Handlers(EntityManager manager) {
			this.manager = manager;
		}

		/** The first attempt breaks a constraint, which shows at the commit alone. */
		@JobHandler(value = "persist", transactional = true)
		void persist(String what, JobContext context) {
			this.manager.persist(new Effect(what + "-" + context.attempt()));
			if (context.attempt() == 1) {
				this.manager.persist(new Effect("longer than the column"));
			}
		}

	}

}
