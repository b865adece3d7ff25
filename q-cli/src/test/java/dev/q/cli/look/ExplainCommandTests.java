package dev.q.cli.look;

import java.io.InputStream;
import java.util.List;
import java.util.Map;

import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.PauseMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExplainCommandTests {

	@ParameterizedTest
	@EnumSource
	void theReasonsAreSaidInTheirOrder(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId id = place.jobs().enqueue("scan", "a").id();
			place.admin().pause(QueueName.DEFAULT, PauseMode.OUT);

			Run run = place.q("explain", id.toString());
			Run json = place.q("explain", id.toString(), "--json");

			assertThat(run.code()).isZero();
			assertThat(run.lines().get(0)).startsWith("Job " + id + " of type scan in queue default is READY");
			assertThat(run.lines().get(1)).startsWith("- ").contains("pause");
			assertThat(json.json().path("claimable").booleanValue()).isFalse();
			assertThat(json.json().at("/reasons/0/code").stringValue()).isEqualTo("QUEUE_PAUSED");
			assertThat(json.json().path("storeTime").stringValue()).endsWith("Z");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aJobThatIsCancelledForAWickedReasonDoesNotDriveTheTerminal(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobId id = place.jobs().enqueue("scan", "a").id();
			place.admin().cancel(List.of(id), Hands.WICKED);

			assertThat(place.q("explain", id.toString()).out()).contains("\\u202etxt")
				.doesNotContain("\u202e", "\u009b");
			assertThat(place.q("explain", id.toString(), "--json").out()).contains("\\u202etxt")
				.doesNotContain("\u202e", "\u009b");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aJobThatIsNotThereIsSaidInOneLine(Kind kind) {
		try (Place place = Place.on(kind)) {
			Run run = place.q("explain", "01890a5d-ac96-774b-bcce-b302099a8057");

			assertThat(run.code()).isOne();
			assertThat(run.out()).isEmpty();
			assertThat(run.err()).hasLineCount(1)
				.contains("no job 01890a5d-ac96-774b-bcce-b302099a8057", "never stored");
		}
	}

	@Test
	void anIdThatIsNoneIsRefusedWithTheRemedy() {
		Run run = Place.run(Map.of(), InputStream.nullInputStream(), "explain", "17");

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).hasLineCount(1).contains("'17'", "UUID");
	}

}
