package dev.q.cli.enqueue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.cli.QCommandLine;
import dev.q.cli.session.Terminal;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.QueueStats;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class EnqueueLinesTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void eachLineBecomesAJobAndBlankOnesDoNot(Kind kind) throws IOException {
		try (Place place = Place.on(kind)) {
			Run fed = place.fed("{\"a\": 1}\n\n[2]\r\n   \n\"3\"", "enqueue", "mail", "--payload", "-", "--lines");
			Path file = Files.writeString(this.directory.resolve("jobs.ndjson"), "1\n2\n");
			Run json = place.q("enqueue", "mail", "--payload", "@" + file, "--lines", "--json", "--queue", "post");
			Run none = place.fed("\n \n", "enqueue", "mail", "--payload", "-", "--lines");

			assertThat(fed.lines()).containsExactly("3 jobs, 3 STORED");
			assertThat(fed.code()).isZero();
			assertThat(json.json().path("jobs").intValue()).isEqualTo(2);
			assertThat(json.json().path("statuses").path("STORED").intValue()).isEqualTo(2);
			assertThat(none.lines()).containsExactly("0 jobs");
			assertThat(ready(place)).isEqualTo(Map.of(QueueName.DEFAULT, 3L, new QueueName("post"), 2L));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aBadLineIsNamedWithWhatIsStoredAndTheRestCanBeFedAfterwards(Kind kind) {
		try (Place place = Place.on(kind)) {
			String lines = numbers(1, 2500) + "{ bad\n" + numbers(2502, 2600);

			Run run = place.fed(lines, "enqueue", "mail", "--payload", "-", "--lines");

			assertThat(run.code()).isEqualTo(2);
			assertThat(run.err().lines()).singleElement()
				.asString()
				.startsWith("q: Line 2501: ")
				.endsWith("Lines 1 to 2000 are stored, and nothing after them: mend it, and go on with line 2001");
			assertThat(ready(place)).isEqualTo(Map.of(QueueName.DEFAULT, 2000L));

			Run rest = place.fed(numbers(2001, 2600), "enqueue", "mail", "--payload", "-", "--lines");

			assertThat(rest.code()).isZero();
			assertThat(ready(place)).isEqualTo(Map.of(QueueName.DEFAULT, 2600L));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aLineThatIsTooLargeIsNamedAndNothingIsStored(Kind kind) {
		try (Place place = Place.on(kind)) {
			Run run = place.fed("1\n\"" + "x".repeat(300_000) + "\"\n", "enqueue", "mail", "--payload", "-", "--lines");

			assertThat(run.code()).isEqualTo(2);
			assertThat(run.err().lines()).singleElement()
				.asString()
				.startsWith("q: Line 2: ")
				.contains("300002 bytes", "q.max-payload")
				.endsWith("Nothing is stored");
			assertThat(ready(place)).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aRefusedBatchIsNamedAndSoAreTheLinesOfOneThatIsRefusedInPart(Kind kind) {
		try (Place place = Place.on(kind)) {
			Run full = place.fed(numbers(1, 1200), "enqueue", "mail", "--payload", "-", "--lines", "--queue", "full",
					"--max-length", "1100");
			Run taken = place.fed("1\n2\n1\n3\n2\n", "enqueue", "mail", "--payload", "-", "--lines",
					"--unique-by-payload", "--unique-conflict", "throw");

			assertThat(full.code()).isOne();
			assertThat(full.err().lines()).singleElement()
				.asString()
				.startsWith("q: Lines 1001 to 1200 are not stored: Queue full is full")
				.endsWith("All before them are stored, and nothing after them");
			assertThat(taken.code()).isOne();
			assertThat(taken.err().lines()).singleElement()
				.asString()
				.startsWith("q: Lines 1 to 5 are stored but for these: 3, 5: ");
			assertThat(ready(place)).isEqualTo(Map.of(QueueName.DEFAULT, 3L, new QueueName("full"), 1000L));
		}
	}

	@ParameterizedTest
	@EnumSource
	void duplicatesAreCountedAndADryRunStoresNothing(Kind kind) {
		try (Place place = Place.on(kind)) {
			String lines = "1\n2\n1\n";
			Run dry = place.fed(lines, "enqueue", "mail", "--payload", "-", "--lines", "--dry-run");
			assertThat(dry.lines()).containsExactly("3 jobs would be stored");
			assertThat(ready(place)).isEmpty();

			Run run = place.fed(lines, "enqueue", "mail", "--payload", "-", "--lines", "--unique-by-payload");

			assertThat(run.lines()).containsExactly("3 jobs, 2 STORED, 1 DUPLICATE");
			assertThat(run.code()).isOne();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatIsThereIsStoredBeforeMoreIsWaitedFor(Kind kind) {
		try (Place place = Place.on(kind)) {
			Run run = Place.run(place.environment(), new Feeder("1\n2\n3") {
				@Override
				String next() {
					assertThat(ready(place)).isEqualTo(Map.of(QueueName.DEFAULT, 2L));
					return "3\n4\n";
				}
			}, "enqueue", "mail", "--payload", "-", "--lines");

			assertThat(run.lines()).containsExactly("4 jobs, 4 STORED");
			assertThat(ready(place)).isEqualTo(Map.of(QueueName.DEFAULT, 4L));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aSignalWhileItWaitsForLinesSaysWhichAreStored(Kind kind) {
		try (Place place = Place.on(kind)) {
			AtomicReference<Runnable> signal = new AtomicReference<>();
			StringWriter out = new StringWriter();
			StringWriter err = new StringWriter();
			InputStream in = new Feeder("1\n2\n") {
				@Override
				String next() {
					signal.get().run();
					// The process would end here.
					assertThat(out.toString().strip()).isEqualTo("2 jobs, 2 STORED");
					return "3\n";
				}
			};

			int code = new QCommandLine(new Terminal(in, new PrintWriter(out), new PrintWriter(err),
					place.environment(), (question) -> "", false, (task) -> {
						signal.set(task);
						return () -> {
						};
					}))
				.run("enqueue", "mail", "--payload", "-", "--lines");

			assertThat(code).isOne();
			assertThat(out.toString().strip()).isEqualTo("2 jobs, 2 STORED");
			assertThat(err.toString().strip())
				.isEqualTo("q: Stopped. Lines 1 to 2 are stored, and nothing after them: go on with line 3");
			assertThat(ready(place)).isEqualTo(Map.of(QueueName.DEFAULT, 2L));
		}
	}

	private static String numbers(int from, int to) {
		return IntStream.rangeClosed(from, to).mapToObj((number) -> number + "\n").collect(Collectors.joining());
	}

	private static Map<QueueName, Long> ready(Place place) {
		return place.admin()
			.queues()
			.stream()
			.collect(Collectors.toMap(QueueStats::queue, (queue) -> queue.count(JobState.READY)));
	}

}
