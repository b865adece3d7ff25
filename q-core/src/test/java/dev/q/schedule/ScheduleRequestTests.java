package dev.q.schedule;

import java.time.Duration;

import dev.q.JobRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ScheduleRequestTests {

	@Test
	void badNamesTriggersZonesAndJitterAreRefusedByName() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ScheduleRequest.cron("a b", "@daily", JobRequest.of("report", null)))
			.withMessageContaining("'a b'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ScheduleRequest.cron("nightly", "0 0 30 2 *", JobRequest.of("report", null)))
			.withMessageContaining("Schedule nightly")
			.withMessageContaining("'0 0 30 2 *'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ScheduleRequest("nightly", "@daily", "Moon", JobRequest.of("report", null),
					ScheduleOptions.DEFAULT))
			.withMessageContaining("Schedule nightly")
			.withMessageContaining("'Moon'");
		assertThatIllegalArgumentException().isThrownBy(() -> ScheduleOptions.DEFAULT.withJitter(Duration.ofHours(25)))
			.withMessageContaining("PT25H");
	}

}
