package dev.q.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.q.JobReceipt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;

class CommitWatchTests {

	private final TransactionScene scene = new TransactionScene();

	private final List<String> receipts = new ArrayList<>();

	@BeforeEach
	void watch() {
		new CommitWatch().postProcessAfterInitialization(this.scene.transactions, "transactions");
	}

	@AfterEach
	void close() {
		assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
		this.scene.store.close();
	}

	@Test
	void callbacksBeforeTheCommitAreInTheTransactionAndThoseAfterItAreNot() {
		this.scene.inTransaction((status) -> callBack(this::enqueue));

		assertThat(this.receipts).containsExactly("beforeCommit DEFERRED", "beforeCompletion DEFERRED",
				"afterCommit STORED", "afterCompletion STORED");
		assertThat(this.scene.stored()).hasSize(4);
	}

	@Test
	void whatIsWrittenByTheCommitItselfIsInTheTransaction() {
		this.scene.transactions.onCommit(() -> enqueue("commit"));

		this.scene.inTransaction((status) -> "nothing before");

		assertThat(this.receipts).containsExactly("commit DEFERRED");
		assertThat(this.scene.stored()).containsExactly("commit");
	}

	@Test
	void aTransactionThatBeginsAfterTheCommitIsOneOfItsOwn() {
		this.scene.inTransaction((status) -> callBack((phase) -> {
			if (phase.equals("afterCommit")) {
				this.scene.in(TransactionDefinition.PROPAGATION_REQUIRES_NEW, (inner) -> {
					enqueue("inner");
					return "inner";
				});
				enqueue("outer");
			}
		}));

		assertThat(this.receipts).containsExactly("inner DEFERRED", "outer STORED");
	}

	private String callBack(Consumer<String> callback) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public int getOrder() {
				return 0;
			}

			@Override
			public void beforeCommit(boolean readOnly) {
				callback.accept("beforeCommit");
			}

			@Override
			public void beforeCompletion() {
				callback.accept("beforeCompletion");
			}

			@Override
			public void afterCommit() {
				callback.accept("afterCommit");
			}

			@Override
			public void afterCompletion(int status) {
				callback.accept("afterCompletion");
			}

		});
		return "registered";
	}

	private void enqueue(String type) {
		JobReceipt receipt = this.scene.enqueue(type);
		this.receipts.add(type + " " + receipt.status());
	}

}
