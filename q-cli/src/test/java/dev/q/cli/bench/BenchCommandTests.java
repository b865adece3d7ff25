package dev.q.cli.bench;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.cli.QCommandLine;
import dev.q.cli.session.Interrupts;
import dev.q.cli.session.Terminal;
import dev.q.job.JobState;
import dev.q.schedule.ScheduleRequest;
import dev.q.store.QueueStats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class BenchCommandTests {

	@ParameterizedTest
	@EnumSource
	void ratesAndLatenciesAreShownAndNoJobIsLeft(Kind kind) {
		try (Place place = Place.on(kind)) {
			Run run = place.q("bench", "--jobs", "300", "--concurrency", "3");

			assertThat(run.err()).isEmpty();
			assertThat(run.code()).isZero();
			assertThat(run.out()).contains("300 jobs of 100 bytes, 2 producers, single enqueues, concurrency 3")
				.contains("as shipped, but: concurrency 3")
				.containsPattern("enqueued +300, \\d+/s")
				.containsPattern("done +300, \\d+/s")
				.containsPattern("MILLISECONDS +P50 +P95 +P99 +MAX")
				.containsPattern("call that enqueues +\\d+\\.\\d{3} ");
			assertThat(jobs(place)).isZero();
			assertThat(place.admin().workers()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource
	void programsGetOneDocumentWithAllSettings(Kind kind) {
		try (Place place = Place.on(kind)) {
			Run run = place.q("bench", "--jobs", "250", "--batch", "100", "--payload-size", "1000", "--retention", "0",
					"--producers", "1", "--json");

			assertThat(run.code()).isZero();
			JsonNode json = run.json();
			assertThat(json.path("store").stringValue()).isEqualTo(place.store().name());
			assertThat(json.path("server").stringValue()).matches("(Redis|PostgreSQL) \\d+\\..*");
			assertThat(json.path("queue").stringValue()).matches("q-bench-[0-9a-f]");
			assertThat(json.path("settings").path("batch").intValue()).isEqualTo(100);
			assertThat(json.path("settings").path("keepsSucceededPerQueue").intValue()).isZero();
			assertThat(json.path("deviations").toString()).contains("nothing that succeeded is kept");
			assertThat(json.path("complete").booleanValue()).isTrue();
			assertThat(json.path("enqueued").intValue()).isEqualTo(250);
			assertThat(json.path("done").intValue()).isEqualTo(250);
			assertThat(json.path("latencyMillis").path("enqueue").path("count").intValue()).isEqualTo(3);
			assertThat(json.path("latencyMillis").path("endToEnd").path("count").intValue()).isEqualTo(250);
			assertThat(json.path("latencyMillis").path("pickUp").path("p99").doubleValue()).isPositive();
			assertThat(jobs(place)).isZero();
		}
	}

	@Test
	void memoryIsMeasuredWhenItIsAskedFor() {
		Run run = Place.run(Map.of("Q_MEMORY_CAPACITY", "10"), InputStream.nullInputStream(), "bench", "--store",
				"memory", "--jobs", "500", "--json");

		assertThat(run.code()).isZero();
		assertThat(run.json().path("store").stringValue()).isEqualTo("memory");
		assertThat(run.json().path("done").intValue()).isEqualTo(500);
	}

	@Test
	void withoutAnyStoreMemoryIsNotTakenForOne() {
		Run run = Place.run(Map.of(), InputStream.nullInputStream(), "bench", "--jobs", "1");

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err().lines()).singleElement().asString().contains("--url").contains("--store memory");
	}

	@ParameterizedTest
	@EnumSource
	void whatOthersHaveInTheStoreIsLeftAsItIs(Kind kind) {
		try (Place place = Place.on(kind)) {
			JobReceipt cancelled = place.jobs().enqueue("t", "old");
			place.admin().cancel(List.of(cancelled.id()), "not needed");
			place.jobs().enqueue("t", "waits");
			place.jobs()
				.enqueue(
						JobRequest.of("t", "later").with((options) -> options.in(Duration.ofMillis(1)).queue("other")));

			assertThat(place.q("bench", "--jobs", "50", "--retention", "0").code()).isZero();

			List<QueueStats> queues = place.admin().queues();
			assertThat(jobs(place)).isEqualTo(3);
			assertThat(queues).filteredOn((queue) -> queue.queue().value().equals("default"))
				.singleElement()
				.satisfies((queue) -> assertThat(queue.count(JobState.CANCELLED)).isOne())
				.satisfies((queue) -> assertThat(queue.count(JobState.READY)).isOne());
			assertThat(queues).filteredOn((queue) -> queue.queue().value().equals("other"))
				.singleElement()
				.satisfies((queue) -> assertThat(queue.count(JobState.SCHEDULED)).isOne());
		}
	}

	@ParameterizedTest
	@EnumSource
	void whoIsInterruptedCleansUpBeforeTheProcessEndsAndHasFiredNoSchedule(Kind kind) throws InterruptedException {
		try (Place place = Place.on(kind)) {
			// It is due when the first line comes.
			place.schedules()
				.upsert(ScheduleRequest.every("tick", Duration.ofSeconds(1), JobRequest.of("t", "of a schedule")));
			Interruption interruption = new Interruption();
			StringWriter err = new StringWriter();
			Terminal terminal = new Terminal(InputStream.nullInputStream(), new PrintWriter(interruption),
					new PrintWriter(err), new HashMap<>(place.environment()), (question) -> "", false, interruption);

			int code = new QCommandLine(terminal).run("bench", "--jobs", "100000000");

			interruption.ended.await();
			assertThat(code).isEqualTo(1);
			assertThat(err.toString()).isEmpty();
			assertThat(interruption.toString()).contains("Not complete: ended before all of 100000000 jobs were done");
			assertThat(jobs(place)).isZero();
			assertThat(place.admin().workers()).isEmpty();
		}
	}

	@Test
	@Timeout(60)
	void whenNobodyReadsItAnyMoreItEndsAndCleansUp() {
		try (Place place = Place.on(Kind.REDIS)) {
			StringWriter err = new StringWriter();
			Terminal terminal = new Terminal(InputStream.nullInputStream(), new PrintWriter(new Leaving()),
					new PrintWriter(err), new HashMap<>(place.environment()), (question) -> "", false, (task) -> () -> {
					});

			int code = new QCommandLine(terminal).run("bench", "--jobs", "100000000");

			assertThat(code).as("not all jobs were done").isOne();
			assertThat(err.toString()).isEmpty();
			assertThat(jobs(place)).isZero();
			assertThat(place.admin().workers()).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			--jobs 0            | --jobs must be from 1 to 100000000, but was 0
			--jobs -5           | --jobs must be from 1 to 100000000, but was -5
			--jobs 100000001    | --jobs must be from 1 to 100000000, but was 100000001
			--jobs many         | 'many' is not an int
			--producers 0       | --producers must be from 1 to 1000, but was 0
			--concurrency 1001  | --concurrency must be from 1 to 1000, but was 1001
			--batch 1001        | --batch must be from 1 to 1000, but was 1001
			--payload-size 17   | --payload-size must be from 18 to 262144 bytes
			--payload-size 262145 | q.max-payload, but was 262145
			--payload-size 262144 --batch 1000 | must not come to more than 64 MB
			--retention 1h      | --retention must be shipped or 0, but was '1h'
			""")
	void whatMakesNoSenseIsRefusedInOneLine(String options, String complaint) {
		String[] args = ("bench --store memory " + options).split(" ");

		Run run = Place.run(Map.of(), InputStream.nullInputStream(), args);

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.out()).isEmpty();
		assertThat(run.err().lines()).singleElement().asString().contains(complaint);
	}

	private static long jobs(Place place) {
		return place.admin().queues().stream().mapToLong(BenchQueue::jobs).sum();
	}

	/**
	 * Somebody who reads one line.
	 */
	private static final class Leaving extends FilterWriter {

		private int lines;

		Leaving() {
			super(new StringWriter());
		}

		@Override
		public void flush() throws IOException {
			this.lines++;
			if (this.lines > 1) {
				throw new IOException("Broken pipe");
			}
		}

	}

	/**
	 * Somebody who asks the process to end as soon as there is a first line.
	 */
	private static final class Interruption extends StringWriter implements Interrupts {

		private final AtomicReference<Runnable> task = new AtomicReference<>();

		private final CountDownLatch ended = new CountDownLatch(1);

		@Override
		public Registration tell(Runnable told) {
			this.task.set(told);
			return () -> {
			};
		}

		@Override
		public void flush() {
			Runnable told = this.task.getAndSet(null);
			if (told != null) {
				new Thread(() -> {
					told.run();
					this.ended.countDown();
				}, "interruption").start();
			}
		}

	}

}
