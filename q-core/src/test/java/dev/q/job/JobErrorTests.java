package dev.q.job;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JobErrorTests {

	@Test
	void aFailureIsTakenDownWithTypeMessageAndStackTrace() {
		JobError error = JobError.of(new IllegalStateException("no disk"));

		assertThat(error.type()).isEqualTo("java.lang.IllegalStateException");
		assertThat(error.message()).isEqualTo("no disk");
		assertThat(error.stackTrace()).contains("JobErrorTests").contains("no disk");
	}

	@Test
	void longTextsAreCutAndSaySo() {
		JobError error = new JobError("t", "m".repeat(1_000_000), "s".repeat(1_000_000));

		assertThat(error.message()).hasSize(4 * 1024).endsWith(" ...");
		assertThat(error.stackTrace()).hasSize(8 * 1024).endsWith(" ...");
	}

	@Test
	void aCutNeverSplitsACharacter() {
		String smiles = "\ud83d\ude00".repeat(4 * 1024);

		String message = new JobError("t", "x" + smiles, "").message();

		assertThat(message).hasSizeLessThanOrEqualTo(4 * 1024).endsWith("\ud83d\ude00 ...");
	}

	@Test
	void whatNoStoreCanHoldIsReplaced() {
		assertThat(new JobError("t", "a\u0000b\ud800c\td", "").message()).isEqualTo("a\ufffdb\ufffdc\td");
	}

	@Test
	void anExceptionThatCannotEvenBePrintedIsTakenDownAllTheSame() {
		RuntimeException broken = new RuntimeException() {
			@Override
			public String getMessage() {
				throw new IllegalStateException("broken");
			}
		};

		JobError error = JobError.of(broken);

		assertThat(error.message()).contains("could not be read").contains("IllegalStateException");
		assertThat(error.stackTrace()).contains("could not be read");
	}

	@Test
	void theSummaryIsOneShortLine() {
		String summary = new JobError("Oops", "line 1\nline 2" + "x".repeat(500), "").summary();

		assertThat(summary).startsWith("Oops: line 1\\u000aline 2xxx").endsWith("...").doesNotContain("\n");
		assertThat(summary.length()).isLessThan(230);
	}

}
