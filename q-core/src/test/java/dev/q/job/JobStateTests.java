package dev.q.job;

import java.util.EnumSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class JobStateTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			SCHEDULED | SCHEDULED READY CANCELLED EXPIRED
			READY     | SCHEDULED RUNNING CANCELLED EXPIRED
			RUNNING   | SCHEDULED READY RETRYING SUCCEEDED DEAD CANCELLED EXPIRED
			RETRYING  | SCHEDULED READY CANCELLED EXPIRED
			BLOCKED   | SCHEDULED READY CANCELLED EXPIRED
			DEAD      | READY
			CANCELLED | READY
			EXPIRED   | READY
			""")
	void aJobMovesOnlyAlongTheTable(JobState state, String successors) {
		EnumSet<JobState> reachable = EnumSet.allOf(JobState.class);
		reachable.removeIf((next) -> !state.canBecome(next));

		assertThat(reachable).extracting(JobState::name).containsExactlyInAnyOrder(successors.split(" "));
	}

	@Test
	void aJobThatSucceededNeverMovesAgain() {
		assertThat(JobState.values()).noneMatch(JobState.SUCCEEDED::canBecome);
	}

	@ParameterizedTest
	@EnumSource(names = { "SUCCEEDED", "DEAD", "CANCELLED", "EXPIRED" })
	void aFinishedJobNeitherWaitsNorRuns(JobState state) {
		assertThat(state.isTerminal()).isTrue();
		assertThat(state.isWaiting()).isFalse();
	}

	@Test
	void everyStateThatIsNeitherRunningNorFinishedCountsAsWaiting() {
		assertThat(JobState.values()).filteredOn(JobState::isWaiting)
			.containsExactly(JobState.SCHEDULED, JobState.READY, JobState.RETRYING, JobState.BLOCKED);
	}

}
