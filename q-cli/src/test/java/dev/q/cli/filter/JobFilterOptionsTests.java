package dev.q.cli.filter;

import java.time.Instant;
import java.util.Set;

import dev.q.admin.JobFilter;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JobFilterOptionsTests {

	@Test
	void nothingSaidMeansAllJobs() {
		JobFilterOptions options = read();

		assertThat(options.isEmpty()).isTrue();
		assertThat(options.filter()).isEqualTo(JobFilter.ALL);
	}

	@Test
	void whatIsSaidIsMeant() {
		JobFilterOptions options = read("--queue", "mail", "--type=send", "--tag", "bulk", "--stored-before",
				"2026-02-03T04:05:06Z", "--state", "dead");

		assertThat(options.filter()).isEqualTo(new JobFilter(Set.of(JobState.DEAD), new QueueName("mail"),
				new TypeName("send"), "bulk", Instant.parse("2026-02-03T04:05:06Z")));
	}

	@Test
	void statesComeOneByOneOrWithCommasInAnyCase() {
		JobFilterOptions options = read("--state", "dead, Cancelled", "--state=READY");

		assertThat(options.filter().states()).containsExactlyInAnyOrder(JobState.DEAD, JobState.CANCELLED,
				JobState.READY);
	}

	@ParameterizedTest
	@CsvSource({ "--queue,mail", "--type,send", "--tag,bulk", "--stored-before,2026-02-03T04:05:06Z", "--state,dead" })
	void oneConditionIsEnoughNotToMeanAllJobs(String option, String value) {
		assertThat(read(option, value).isEmpty()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "--queue,a b,letters", "--type,'',1 to 128", "--tag,a/b,letters" })
	void whatNoJobCanHaveIsSaidWithTheValueAndTheRemedy(String option, String value, String remedy) {
		JobFilterOptions options = read(option, value);

		assertThatIllegalArgumentException().isThrownBy(options::filter)
			.withMessageContainingAll("'" + value + "'", remedy);
	}

	@Test
	void anInstantMayHaveAnOffset() {
		assertThat(read("--stored-before", "2026-02-03T05:05:06+01:00").filter().storedBefore())
			.isEqualTo(Instant.parse("2026-02-03T04:05:06Z"));
		assertThatExceptionOfType(ParameterException.class).isThrownBy(() -> read("--stored-before", "today"))
			.withMessageContainingAll("--stored-before", "'today'", "2026-02-03");
	}

	@Test
	void anUnknownStateIsSaidWithThoseThereAre() {
		assertThatExceptionOfType(ParameterException.class).isThrownBy(() -> read("--state", "broken"))
			.withMessageContainingAll("--state", "'broken'", "DEAD");
	}

	private static JobFilterOptions read(String... args) {
		Looking looking = new Looking();
		new CommandLine(looking).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
		return looking.filter;
	}

	@Command
	static final class Looking {

		@Mixin
		private final JobFilterOptions filter = new JobFilterOptions();

	}

}
