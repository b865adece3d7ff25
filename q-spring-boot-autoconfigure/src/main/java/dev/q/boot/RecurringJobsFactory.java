package dev.q.boot;

import dev.q.codec.PayloadCodec;
import dev.q.engine.EnginePorts;
import dev.q.schedule.Schedules;
import dev.q.spring.JobHandlerBeans;
import dev.q.spring.RecurringJobs;
import dev.q.spring.RecurringRequests;

import org.springframework.core.env.Environment;

/**
 * Makes what puts declared schedules into the store.
 */
final class RecurringJobsFactory {

	private static final String APPLICATION = "spring.application.name";

	private final JobHandlerBeans handlers;

	private final Schedules schedules;

	private final PayloadCodec codec;

	private final EnginePorts ports;

	private final QProperties properties;

	private final Environment environment;

	RecurringJobsFactory(JobHandlerBeans handlers, Schedules schedules, PayloadCodec codec, EnginePorts ports,
			QProperties properties, Environment environment) {
		this.handlers = handlers;
		this.schedules = schedules;
		this.codec = codec;
		this.ports = ports;
		this.properties = properties;
		this.environment = environment;
	}

	RecurringJobs recurringJobs() {
		RecurringRequests reader = new RecurringRequests(this.schedules, this.codec,
				this.environment::resolveRequiredPlaceholders, this.environment.getProperty(APPLICATION));
		boolean removesVanished = this.properties.recurring().vanished() == RecurringProperties.Vanished.REMOVE;
		return new RecurringJobs(this.handlers, reader, this.schedules, this.ports, removesVanished);
	}

}
