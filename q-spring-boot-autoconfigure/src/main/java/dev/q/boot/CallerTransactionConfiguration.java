package dev.q.boot;

import java.util.Optional;

import dev.q.attempt.HandlerTransactions;
import dev.q.client.CallerTransaction;
import dev.q.spring.CommitWatch;
import dev.q.spring.SpringHandlerTransactions;
import dev.q.spring.SpringTransaction;
import dev.q.store.JobStore;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(TransactionSynchronizationManager.class)
class CallerTransactionConfiguration {

	@Bean("qCallerTransaction")
	@ConditionalOnMissingBean
	CallerTransaction callerTransaction() {
		return new SpringTransaction();
	}

	@Bean("qHandlerTransactions")
	@ConditionalOnMissingBean
	HandlerTransactions handlerTransactions(JobStore store, ObjectProvider<PlatformTransactionManager> managers) {
		return new SpringHandlerTransactions(store, () -> Optional.ofNullable(managers.getIfUnique()));
	}

	@Bean("qCommitWatch")
	static CommitWatch commitWatch() {
		return new CommitWatch();
	}

}
