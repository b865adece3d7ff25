package dev.q.boot;

import dev.q.client.CallerTransaction;
import dev.q.spring.CommitWatch;
import dev.q.spring.SpringTransaction;

import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(TransactionSynchronizationManager.class)
class CallerTransactionConfiguration {

	@Bean("qCallerTransaction")
	@ConditionalOnMissingBean
	CallerTransaction callerTransaction() {
		return new SpringTransaction();
	}

	@Bean("qCommitWatch")
	static CommitWatch commitWatch() {
		return new CommitWatch();
	}

}
