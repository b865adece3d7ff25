package dev.q.cli.enqueue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.q.admin.JobFilter;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.job.DeliveryMode;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey;
import dev.q.store.PauseMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class EnqueueCommandTests {

	private static final String ID = "01890a5d-ac96-774b-bcce-b302099a8057";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void aJobIsStoredWithAllThatWasSaidOfIt(Kind kind) {
		try (Place place = Place.on(kind)) {
			Run run = place.q("enqueue", "mail", "--payload", "{ \"to\" : [1.10, 1e400, \"é\"] }", "--queue", "post",
					"--priority", "2", "--in", "90s", "--id", ID, "--tag", "a", "--tag", "b", "--header", "k=v=w",
					"--max-attempts", "3", "--timeout", "5m", "--ttl", "2h", "--unique-key", "ann", "--unique-scope",
					"until-success", "--unique-conflict", "throw", "--payload-version", "2", "--retry", "fixed(10s)");

			assertThat(run.err()).isEmpty();
			assertThat(run.out().strip()).isEqualTo(ID + " STORED");
			assertThat(run.code()).isZero();
			Job job = only(place);
			assertThat(job.id()).isEqualTo(JobId.of(ID));
			assertThat(job.spec().payload()).isEqualTo(json("{\"to\":[1.10,1E+400,\"é\"]}"));
			assertThat(job.spec().queue()).isEqualTo(new QueueName("post"));
			assertThat(job.spec().priority()).isEqualTo(2);
			assertThat(job.spec().payloadVersion()).isEqualTo(2);
			assertThat(job.spec().retry()).isEqualTo("fixed(10s)");
			assertThat(job.spec().tags()).isEqualTo(Set.of("a", "b"));
			assertThat(job.spec().headers()).isEqualTo(Map.of("k", "v=w"));
			assertThat(job.spec().limits().maxAttempts()).isEqualTo(3);
			assertThat(job.spec().limits().timeout()).isEqualTo(Duration.ofMinutes(5));
			assertThat(job.spec().limits().timeToLive()).isEqualTo(Duration.ofHours(2));
			assertThat(job.spec().unique())
				.isEqualTo(new UniqueKey("ann", UniqueKey.Scope.UNTIL_SUCCESS, UniqueKey.Conflict.THROW));
			assertThat(Duration.between(job.times().createdAt(), job.times().runAt()))
				.isEqualTo(Duration.ofSeconds(90));
		}
	}

	@ParameterizedTest
	@EnumSource
	void programsGetTheReceiptAsJson(Kind kind) {
		try (Place place = Place.on(kind)) {
			Run run = place.q("enqueue", "mail", "--json", "--at", "2126-02-03T05:05:06+01:00", "--delivery",
					"AT_MOST_ONCE");

			assertThat(run.code()).isZero();
			assertThat(run.json().path("status").stringValue()).isEqualTo("STORED");
			assertThat(run.json().path("queue").stringValue()).isEqualTo("default");
			Job job = only(place);
			assertThat(run.json().path("id").stringValue()).isEqualTo(job.id().toString());
			assertThat(job.spec().payload()).isEqualTo(Payload.EMPTY);
			assertThat(job.spec().delivery()).isEqualTo(DeliveryMode.AT_MOST_ONCE);
			assertThat(job.times().runAt()).isEqualTo(Instant.parse("2126-02-03T04:05:06Z"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatTheConfigurationSaysOfAllJobsAndOfAQueueCounts(Kind kind) {
		try (Place place = Place.on(kind)) {
			Map<String, String> environment = new HashMap<>(place.environment());
			environment.put("Q_DEFAULTS_TIMETOLIVE", "7h");
			environment.put("Q_QUEUES_POST_PRIORITY", "8");
			environment.put("Q_QUEUES_POST_MAXATTEMPTS", "4");

			Run run = Place.run(environment, new ByteArrayInputStream(new byte[0]), "enqueue", "mail", "--queue",
					"post", "--max-attempts", "6");

			assertThat(run.err()).isEmpty();
			Job job = only(place);
			assertThat(job.spec().priority()).isEqualTo(8);
			assertThat(job.spec().limits().maxAttempts()).isEqualTo(6);
			assertThat(job.spec().limits().timeToLive()).isEqualTo(Duration.ofHours(7));
		}
	}

	@ParameterizedTest
	@EnumSource
	void thePayloadComesFromAFileOrFromTheInputOrAsBytes(Kind kind) throws IOException {
		Path file = Files.writeString(this.directory.resolve("a b.json"), " [ 1 ]\n");
		try (Place place = Place.on(kind)) {
			assertThat(place.q("enqueue", "file", "--payload", "@" + file).code()).isZero();
			assertThat(place.q("enqueue", "file", "--payload=@" + file).code()).isZero();
			assertThat(place.fed("\n{ }", "enqueue", "input", "--payload", "-").code()).isZero();
			assertThat(place.q("enqueue", "bytes", "--payload", "@" + file, "--bytes").code()).isZero();

			assertThat(jobs(place)).extracting((job) -> job.spec().payload())
				.containsExactlyInAnyOrder(json("[1]"), json("[1]"), json("{}"),
						Payload.octets(" [ 1 ]\n".getBytes(StandardCharsets.UTF_8)));
		}
	}

	@ParameterizedTest
	@EnumSource
	void aDuplicateAFullQueueAndAPausedOneAreRefusals(Kind kind) {
		try (Place place = Place.on(kind)) {
			assertThat(place.q("enqueue", "mail", "--id", ID).code()).isZero();
			Run twice = place.q("enqueue", "mail", "--id", ID, "--json");
			Run full = place.q("enqueue", "mail", "--max-length", "1");
			place.admin().pause(new QueueName("post"), PauseMode.IN);
			Run paused = place.q("enqueue", "mail", "--queue", "post");

			assertThat(twice.code()).isOne();
			assertThat(twice.json().path("status").stringValue()).isEqualTo("DUPLICATE");
			assertThat(full.code()).isOne();
			assertThat(full.err().lines()).singleElement().asString().contains("Queue default is full");
			assertThat(paused.code()).isOne();
			assertThat(paused.err().lines()).singleElement().asString().contains("post");
			assertThat(jobs(place)).hasSize(1);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aDryRunChecksAndStoresNothing(Kind kind) {
		try (Place place = Place.on(kind)) {
			Run text = place.q("enqueue", "mail", "--dry-run", "--payload", "[1, 2]");
			Run json = place.q("enqueue", "mail", "--dry-run", "--payload", "[1, 2]", "--in", "1m", "--json");
			Run tooLarge = place.q("enqueue", "mail", "--dry-run", "--bytes", "--payload", "x".repeat(256 * 1024 + 1));

			assertThat(text.lines()).containsExactly(
					"A job of type mail would be stored in queue default, priority 5, 25 attempts, payload application/json[5]");
			assertThat(json.json().path("in").stringValue()).isEqualTo("PT1M");
			assertThat(json.json().path("payload").path("size").intValue()).isEqualTo(5);
			assertThat(tooLarge.code()).isEqualTo(2);
			assertThat(tooLarge.err().lines()).singleElement().asString().contains("262145 bytes", "q.max-payload");
			assertThat(jobs(place)).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			bad type                                      | 'bad type'
			mail --payload hello                          | --payload '"text"'
			mail --payload {"a":1,"a":2}                  | no JSON, see
			mail --payload 1 2                            | Unmatched argument
			mail --payload @/nowhere/x.json               | '/nowhere/x.json'
			mail --payload @/                             | '/'
			mail --payload [1,                            | column
			mail --payload []] --bytes --lines            | --lines takes JSON from
			mail --bytes                                  | --bytes needs a payload
			mail --in 5x                                  | '5x' is no duration such as
			mail --in 1h --at 2126-02-03T05:05:06Z        | --in and --at
			mail --at tomorrow                            | 'tomorrow' is no instant such as
			mail --priority 12                            | from 0 (first) to 9 (last), but was 12
			mail --max-attempts 0                         | 0
			mail --id 17                                  | '17'
			mail --tag a/b                                | 'a/b'
			mail --header novalue                         | --header
			mail --delivery never                         | at-most-once, but was 'never'
			mail --unique-scope pending                   | need a key
			mail --unique-key k --unique-by-payload       | two keys
			mail --unique-key k --unique-scope x          | 'x'
			mail --unique-key k --unique-conflict x       | run-again-after, but was 'x'
			mail --payload - --lines --id 01890a5d-ac96-774b-bcce-b302099a8057 | cannot share an id
			""")
	void whatMakesNoSenseIsSaidInOneLine(String args, String said) {
		Run run = Place.run(Map.of("Q_STORE", "redis", "SPRING_DATA_REDIS_PORT", "1"),
				new ByteArrayInputStream(new byte[0]),
				("enqueue " + args).split(args.startsWith("bad") ? " (?=bad)" : " "));

		assertThat(run.err().lines()).singleElement().asString().startsWith("q: ").contains(said);
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.out()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void nothingOfAPayloadThatIsWrongIsShown(Kind kind) {
		try (Place place = Place.on(kind)) {
			Run deep = place.q("enqueue", "mail", "--payload", "[".repeat(101) + "]".repeat(101));
			Run wrong = place.q("enqueue", "mail", "--payload", "{\"pin\": 4711x\u001b[31m}");

			assertThat(deep.code()).isEqualTo(2);
			assertThat(deep.err().lines()).singleElement().asString().contains("no worker would read", "100");
			assertThat(wrong.code()).isEqualTo(2);
			assertThat(wrong.err().lines()).singleElement().asString().contains("column 13").doesNotContain("4711");
			assertThat(jobs(place)).isEmpty();
		}
	}

	private static Payload json(String text) {
		return Payload.json(text.getBytes(StandardCharsets.UTF_8));
	}

	private static Job only(Place place) {
		assertThat(jobs(place)).hasSize(1);
		return jobs(place).get(0);
	}

	private static List<Job> jobs(Place place) {
		return place.admin().search(JobFilter.ALL, 100, null).items();
	}

}
