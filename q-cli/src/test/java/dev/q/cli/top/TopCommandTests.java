package dev.q.cli.top;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

import dev.q.JobRequest;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.cli.QCommandLine;
import dev.q.cli.session.Interrupts;
import dev.q.cli.session.Terminal;
import dev.q.job.QueueName;
import dev.q.store.PauseMode;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class TopCommandTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@ParameterizedTest
	@EnumSource
	void theQueueWithTheMostReadyJobsComesFirst(Kind kind) {
		try (Place place = Place.on(kind)) {
			place.jobs().enqueue(JobRequest.of("t", "c").with((o) -> o.queue("calm").in(Duration.ofHours(1))));
			place.jobs().enqueue(JobRequest.of("t", "a").with((o) -> o.queue("busy")));
			place.jobs().enqueue(JobRequest.of("t", "b").with((o) -> o.queue("busy")));
			place.admin().pause(new QueueName("calm"), PauseMode.OUT);

			Run run = place.q("top", "--count", "1");

			assertThat(run.code()).isZero();
			assertThat(run.err()).isEmpty();
			assertThat(run.lines().get(0)).matches(place.store().name() + " +2 queues +\\S+Z");
			assertThat(run.lines().get(1)).isEqualTo("0 workers, 0 slots, 0 running");
			assertThat(run.lines().get(2)).isEqualTo("2 jobs ready, 0 dead, 1 queues paused");
			assertThat(run.lines().get(4)).matches("QUEUE +READY .*GROWTH/S +IN/S +OUT/S +OLDEST READY +PAUSED");
			assertThat(run.lines().get(5)).matches("busy +2 +0 +0 +0 +0 +- +- +- +\\d+ s +NONE");
			assertThat(run.lines().get(6)).matches("calm +0 +1 +0 +0 +0 +- +- +- +- +OUT");
			assertThat(run.out()).doesNotContain("\u001b").contains("IN/S and OUT/S are at least so many");
		}
	}

	@ParameterizedTest
	@EnumSource
	void programsGetALineForEachViewWithTheRatesSinceTheOneBefore(Kind kind) {
		try (Place place = Place.on(kind)) {
			Spectator spectator = new Spectator((self, view) -> place.jobs().enqueue("t", view));

			int code = spectator.watch(place.environment(), "top", "--json", "--count", "2", "--interval", "250ms");

			assertThat(code).isZero();
			List<JsonNode> views = spectator.toString().lines().map(JSON::readTree).toList();
			assertThat(views).hasSize(2);
			assertThat(views.get(0).path("store").stringValue()).isEqualTo(place.store().name());
			assertThat(views.get(0).path("queueStats").isEmpty()).isTrue();
			JsonNode queue = views.get(1).path("queueStats").path(0);
			assertThat(queue.path("name").stringValue()).isEqualTo("default");
			assertThat(queue.path("jobs").path("READY").intValue()).isOne();
			assertThat(queue.path("oldestReadyAge").stringValue()).startsWith("PT");
			assertThat(queue.path("perSecond").path("growth").doubleValue()).isPositive();
			assertThat(queue.path("perSecond").path("outAtLeast").doubleValue()).isZero();
		}
	}

	@ParameterizedTest
	@EnumSource
	void noMoreQueuesAreShownThanThereIsRoomFor(Kind kind) {
		try (Place place = Place.on(kind)) {
			for (int i = 0; i < 4; i++) {
				String queue = "queue-" + i;
				place.jobs().enqueue(JobRequest.of("t", "a").with((o) -> o.queue(queue)));
			}

			Run run = place.q("top", "--count", "1", "--rows", "9");

			assertThat(run.lines()).hasSize(9).last().asString().isEmpty();
			assertThat(run.out()).contains("queue-0", "3 more queues are not shown", "IN/S and OUT/S are at least")
				.doesNotContain("queue-1");
		}
	}

	/** The line on which the cursor stays is one of them. */
	@ParameterizedTest
	@CsvSource({ "8,,8", "50,10,10", "7,24,7", ",6,6", "4,4,4" })
	void aTerminalDoesNotScroll(@Nullable String rows, @Nullable String lines, int height) {
		try (Place place = Place.on(Kind.REDIS)) {
			for (int i = 0; i < 4; i++) {
				String queue = "queue-" + i;
				place.jobs().enqueue(JobRequest.of("t", "a").with((o) -> o.queue(queue)));
			}
			Map<String, String> environment = new HashMap<>(place.environment());
			Optional.ofNullable(lines).ifPresent((told) -> environment.put("LINES", told));
			List<String> args = new ArrayList<>(List.of("top", "--count", "1"));
			Optional.ofNullable(rows).ifPresent((told) -> args.addAll(List.of("--rows", told)));
			Spectator spectator = new Spectator((self, view) -> {
			}).live();

			assertThat(spectator.watch(environment, args.toArray(String[]::new))).isZero();

			assertThat(spectator.toString().split("\r\n", -1)).hasSizeLessThanOrEqualTo(height).hasSizeGreaterThan(3);
			assertThat(spectator.toString()).contains("4 queues", "0 workers", "4 jobs ready");
			assertThat(spectator.toString().contains("QUEUE ")).isEqualTo(spectator.toString().contains("queue-0"));
		}
	}

	@Test
	void aTerminalOnWhichNothingHasRoomIsRefused() {
		Spectator spectator = new Spectator((self, view) -> {
		}).live();

		assertThat(spectator.watch(Map.of("LINES", "3"), "top")).isEqualTo(2);

		assertThat(spectator.err.toString().lines()).singleElement()
			.asString()
			.contains("LINES is 3, but top needs 4 lines or more")
			.contains("--plain");
	}

	@Test
	void onATerminalEachViewTakesThePlaceOfTheOneBeforeUntilItIsInterrupted() {
		try (Place place = Place.on(Kind.REDIS)) {
			Spectator spectator = new Spectator((self, view) -> {
				if (self.views == 2) {
					self.interrupt();
				}
			});

			int code = spectator.live().watch(place.environment(), "top", "--interval", "250ms");

			assertThat(code).isZero();
			assertThat(spectator.toString()).startsWith("\u001b[?1049h\u001b[?25l\u001b[?7l\u001b[H")
				.containsOnlyOnce("\u001b[?1049h")
				.containsOnlyOnce("\u001b[?1049l")
				.endsWith("\u001b[?7h\u001b[?25h\u001b[?1049l");
			assertThat(spectator.toString().split("0 workers", -1)).hasSize(3);
		}
	}

	@Test
	void aStoreThatIsAwayIsShownAsSuchUntilItIsBack() {
		try (RedisProcess redis = RedisServers.start()) {
			Spectator spectator = new Spectator((self, view) -> {
				boolean isAway = view.contains("\"away\":");
				if (self.views == 1) {
					redis.stop();
				}
				else if (isAway && !redis.isAlive()) {
					redis.restart();
				}
				else if (!isAway && self.hasSeen("\"away\":")) {
					self.interrupt();
				}
			});

			int code = spectator.watch(Map.of("Q_STORE", "redis", "SPRING_DATA_REDIS_URL", redis.url()), "top",
					"--json", "--interval", "250ms");

			assertThat(code).isZero();
			List<JsonNode> views = spectator.toString().lines().map(JSON::readTree).toList();
			assertThat(views).first().satisfies((view) -> assertThat(view.has("queueStats")).isTrue());
			assertThat(views).last().satisfies((view) -> assertThat(view.has("queueStats")).isTrue());
			assertThat(views).filteredOn((view) -> view.has("away"))
				.isNotEmpty()
				.allSatisfy((view) -> assertThat(view.path("store").stringValue()).isEqualTo("redis"));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			--interval 249ms | --interval must be from 250ms to 1h, but was PT0.249S
			--interval 2h    | --interval must be from 250ms to 1h, but was PT2H
			--interval soon  | 'soon' is no duration
			--count 0        | --count must be 1 or more, but was 0
			--rows 3         | --rows must be from 4 to 100000, but was 3
			""")
	void whatMakesNoSenseIsRefusedInOneLine(String options, String complaint) {
		Run run = Place.run(Map.of(), InputStream.nullInputStream(), ("top " + options).split(" "));

		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err().lines()).singleElement().asString().contains(complaint);
	}

	/**
	 * Somebody before the terminal, who does something at each view.
	 */
	private static final class Spectator extends StringWriter implements Interrupts {

		private final BiConsumer<Spectator, String> onView;

		private final AtomicReference<Runnable> task = new AtomicReference<>();

		private final StringWriter err = new StringWriter();

		private boolean isLive;

		private int read;

		private int views;

		Spectator(BiConsumer<Spectator, String> onView) {
			this.onView = onView;
		}

		Spectator live() {
			this.isLive = true;
			return this;
		}

		int watch(Map<String, String> environment, String... args) {
			return new QCommandLine(new Terminal(InputStream.nullInputStream(), new PrintWriter(this),
					new PrintWriter(this.err), new HashMap<>(environment), (question) -> "", this.isLive, this))
				.run(args);
		}

		void interrupt() {
			this.task.get().run();
		}

		boolean hasSeen(String text) {
			return toString().contains(text);
		}

		@Override
		public Registration tell(Runnable told) {
			this.task.set(told);
			return () -> {
			};
		}

		@Override
		public void flush() {
			String view = getBuffer().substring(this.read);
			this.read = getBuffer().length();
			if (!view.isEmpty()) {
				this.views++;
				this.onView.accept(this, view);
			}
		}

	}

}
