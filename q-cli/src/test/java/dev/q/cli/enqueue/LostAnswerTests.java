package dev.q.cli.enqueue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.q.cli.Place;
import dev.q.cli.Place.Run;
import dev.q.cli.session.Interrupts;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What is said when nobody knows whether a job is stored, and that it helps. */
class LostAnswerTests {

	private static final Pattern DOUBT = Pattern
		.compile("q: Job (\\S{36}) may be stored or not: .*" + "Repeat with --id \\1, or it may be stored twice");

	private static RedisProcess redis;

	@BeforeAll
	static void start() {
		redis = RedisServers.start();
	}

	@AfterAll
	static void end() {
		redis.close();
	}

	@BeforeEach
	void clear() {
		redis.command("FLUSHALL");
		// So that nothing but the job is to be written.
		assertThat(run("", "migrate").code()).isZero();
	}

	@Test
	void aJobInDoubtIsNamedSoThatItCanBeSentAgain() {
		Run lost = runInto(silence(), "enqueue", "mail");
		answerAgain();

		assertThat(lost.code()).isOne();
		assertThat(lost.out()).isEmpty();
		assertThat(lost.err().lines()).singleElement().asString().matches(DOUBT);
		Matcher said = DOUBT.matcher(lost.err().strip());
		assertThat(said.matches()).isTrue();

		run("", "enqueue", "mail", "--id", said.group(1));

		assertThat(run("", "ls", "--json").json().path("jobs")).hasSize(1);
		assertThat(run("", "show", said.group(1)).code()).isZero();
	}

	@Test
	void programsGetTheIdOfAJobInDoubt() {
		Run lost = runInto(silence(), "enqueue", "mail", "--json");
		answerAgain();

		assertThat(lost.code()).isOne();
		assertThat(lost.json().path("status").stringValue()).isEqualTo("UNKNOWN");
		assertThat(lost.json().path("queue").stringValue()).isEqualTo("default");
		assertThat(lost.err()).contains(lost.json().path("id").stringValue());
	}

	@Test
	void ofManyLinesThoseAreNamedThatAreStoredAndThoseInDoubt() {
		Run lost = runInto(new Feeder("1\n2\n") {
			@Override
			String next() {
				redis.command("CLIENT", "PAUSE", "60000", "WRITE");
				return "3\n\n4\n";
			}
		}, "enqueue", "mail", "--payload", "-", "--lines", "--json");
		answerAgain();

		assertThat(lost.code()).isOne();
		JsonNode json = lost.json();
		assertThat(json.path("lines").intValue()).isEqualTo(2);
		assertThat(json.at("/statuses/STORED").intValue()).isEqualTo(2);
		assertThat(json.path("doubtful")).extracting((line) -> line.path("line").intValue()).containsExactly(3, 5);
		String first = json.at("/doubtful/0/id").stringValue();
		assertThat(lost.err().lines()).singleElement()
			.asString()
			.startsWith("q: Lines 3 to 5, as jobs %s to %s, may be stored or not: ".formatted(first,
					json.at("/doubtful/1/id").stringValue()))
			.endsWith(
					"All before them are stored, and nothing after them. When the store is back, 'q show %s' tells: if that job is there, go on with line 6, else with line 3"
						.formatted(first));

		int found = (run("", "show", first).code() == 0) ? 4 : 2;

		assertThat(run("", "ls", "--json").json().path("jobs")).hasSize(found);
	}

	/** The server reads and writes nothing any more, once the store is open. */
	private static Interrupts silence() {
		return (task) -> {
			redis.command("CLIENT", "PAUSE", "60000", "WRITE");
			return () -> {
			};
		};
	}

	private static void answerAgain() {
		redis.command("CLIENT", "UNPAUSE");
	}

	private static Run run(String input, String... args) {
		return run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), args);
	}

	private static Run run(InputStream input, String... args) {
		return Place.run(environment("60s"), input, args);
	}

	/** Into a silence that nobody waits out for long. */
	private static Run runInto(InputStream input, String... args) {
		return Place.run(environment("3s"), input, args);
	}

	private static Run runInto(Interrupts event, String... args) {
		return Place.run(environment("3s"), InputStream.nullInputStream(), event, args);
	}

	private static Map<String, String> environment(String timeout) {
		return Map.of("Q_STORE", "redis", "SPRING_DATA_REDIS_URL", redis.url(), "Q_REDIS_TIMEOUT", timeout);
	}

}
