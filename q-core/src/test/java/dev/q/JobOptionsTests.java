package dev.q;

import java.time.Duration;

import dev.q.job.Due;
import dev.q.job.QueueName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JobOptionsTests {

	@Test
	void whatIsNotSaidIsLeftToTheNextLayer() {
		JobOptions upper = JobOptions.NONE.priority(1);
		JobOptions lower = JobOptions.NONE.priority(9).queue("mail");

		JobOptions both = upper.over(lower);

		assertThat(both.get(JobOption.PRIORITY)).contains(1);
		assertThat(both.get(JobOption.QUEUE)).contains(new QueueName("mail"));
		assertThat(both.get(JobOption.RETRY)).isEmpty();
	}

	@Test
	void optionsNeverChange() {
		JobOptions options = JobOptions.NONE.priority(1);

		options.priority(2);
		options.over(JobOptions.NONE.queue("mail"));
		options.tag("a").header("b", "c");

		assertThat(options).isEqualTo(JobOptions.NONE.priority(1)).hasSameHashCodeAs(JobOptions.NONE.priority(1));
		assertThat(JobOptions.NONE.get(JobOption.PRIORITY)).isEmpty();
	}

	@Test
	void tagsAndHeadersOfAllLayersAddUp() {
		JobOptions upper = JobOptions.NONE.tag("a").header("h", "upper");
		JobOptions lower = JobOptions.NONE.tag("b").tag("c").header("h", "lower").header("i", "lower");

		JobOptions both = upper.over(lower);

		assertThat(both.get(JobOption.TAGS).orElseThrow()).containsExactlyInAnyOrder("a", "b", "c");
		assertThat(both.get(JobOption.HEADERS).orElseThrow()).containsEntry("h", "upper").containsEntry("i", "lower");
	}

	@Test
	void theLastWordOfOneLayerCounts() {
		assertThat(JobOptions.NONE.header("h", "1").header("h", "2").get(JobOption.HEADERS).orElseThrow())
			.containsEntry("h", "2");
		assertThat(JobOptions.NONE.in(Duration.ofHours(1)).in(Duration.ZERO).get(JobOption.DUE)).contains(Due.NOW);
	}

	@Test
	void valuesOutOfRangeAreRefusedAtOnce() {
		JobOptions options = JobOptions.NONE;

		assertThatIllegalArgumentException().isThrownBy(() -> options.priority(10));
		assertThatIllegalArgumentException().isThrownBy(() -> options.maxAttempts(0));
		assertThatIllegalArgumentException().isThrownBy(() -> options.maxCrashes(0));
		assertThatIllegalArgumentException().isThrownBy(() -> options.lease(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> options.timeToLive(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> options.timeout(Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> options.maxLength(0));
		assertThatIllegalArgumentException().isThrownBy(() -> options.payloadVersion(0));
		assertThatIllegalArgumentException().isThrownBy(() -> options.queue("no such/queue"));
		assertThatIllegalArgumentException().isThrownBy(() -> options.tag(""));
		assertThatIllegalArgumentException().isThrownBy(() -> options.header("a b", ""));
	}

	@Test
	void theirTextSaysWhatIsSetAndNotHow() {
		assertThat(JobOptions.NONE.header("h", "secret")).hasToString("JobOptions[headers]");
	}

}
