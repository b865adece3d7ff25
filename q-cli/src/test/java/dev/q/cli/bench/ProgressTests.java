package dev.q.cli.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.q.job.QException;
import dev.q.ports.EngineClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProgressTests {

	private static final long SECOND = 1_000_000_000;

	private final Steps clock = new Steps();

	private final Tally tally = new Tally(1000, this.clock);

	private final List<String> lines = new ArrayList<>();

	@Test
	void eachSecondIsALineWithWhatHappenedInIt() throws InterruptedException {
		Progress progress = new Progress(this.clock, (line) -> {
			this.lines.add(line);
			this.tally.counts().enqueued().addAndGet(300);
			this.tally.counts().done().addAndGet(100);
			if (this.lines.size() == 3) {
				this.tally.stop();
			}
		});

		progress.await(this.tally, 0);

		assertThat(this.lines).hasSize(3);
		assertThat(this.lines.get(0)).matches(" +\\d+ s +0 enqueued/s +0 done/s +0 backlog");
		assertThat(this.lines.get(2)).matches(" +\\d+ s +\\d+ enqueued/s +\\d+ done/s +400 backlog");
	}

	@Test
	void aMeasurementThatStandsStillIsGivenUp() {
		Progress progress = new Progress(this.clock, this.lines::add);

		assertThatExceptionOfType(QException.class).isThrownBy(() -> progress.await(this.tally, 0))
			.withMessageContaining("Nothing has happened for 120 s")
			.withMessageContaining("0 jobs were stored and 0 done");
	}

	@Test
	void ratesAreBySecond() {
		assertThat(Progress.rate(500, SECOND / 2)).isEqualTo(1000);
		assertThat(Progress.rate(500, 0)).isZero();
	}

	/**
	 * A clock on which a second passes between two looks.
	 */
	private static final class Steps implements EngineClock {

		private final AtomicLong now = new AtomicLong();

		@Override
		public long nanoTime() {
			return this.now.addAndGet(SECOND);
		}

		@Override
		public Instant instant() {
			return Instant.EPOCH.plusNanos(this.now.get());
		}

	}

}
