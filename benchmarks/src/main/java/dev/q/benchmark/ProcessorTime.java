package dev.q.benchmark;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * The time that processors have spent on this process.
 */
final class ProcessorTime {

	private static final OperatingSystemMXBean SYSTEM = ManagementFactory
		.getPlatformMXBean(OperatingSystemMXBean.class);

	private ProcessorTime() {
	}

	static long nanos() {
		return SYSTEM.getProcessCpuTime();
	}

}
