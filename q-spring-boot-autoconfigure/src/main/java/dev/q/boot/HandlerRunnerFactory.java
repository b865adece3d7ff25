package dev.q.boot;

import java.util.List;

import dev.q.attempt.HandlerRunner;
import dev.q.attempt.HandlerTransactions;
import dev.q.codec.PayloadCodec;
import dev.q.hook.JobInterceptor;
import dev.q.ports.EngineClock;
import dev.q.retry.FailurePolicy;
import dev.q.spring.JobHandlerBeans;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Makes what runs the handlers. Where there are no transactions, none can be had.
 */
final class HandlerRunnerFactory {

	private final JobHandlerBeans handlers;

	private final PayloadCodec codec;

	private final EngineClock clock;

	private final HandlerTransactions transactions;

	private final List<JobInterceptor> interceptors;

	HandlerRunnerFactory(JobHandlerBeans handlers, PayloadCodec codec, EngineClock clock,
			ObjectProvider<HandlerTransactions> transactions, ObjectProvider<JobInterceptor> interceptors) {
		this.handlers = handlers;
		this.codec = codec;
		this.clock = clock;
		this.transactions = transactions.getIfAvailable(() -> HandlerTransactions.NONE);
		this.interceptors = interceptors.orderedStream().toList();
	}

	HandlerRunner runner(FailurePolicy failures) {
		return new HandlerRunner(this.handlers, this.codec, failures, this.clock, this.transactions, this.interceptors);
	}

}
