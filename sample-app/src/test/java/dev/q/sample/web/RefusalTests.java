package dev.q.sample.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.q.job.Job;
import dev.q.job.QueueName;
import dev.q.sample.TestTree;
import dev.q.sample.web.HttpSample.Answer;
import dev.q.store.JobCatalog.Query;
import dev.q.store.JobStore;
import dev.q.store.PauseMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What clients may not do, and what they are told then. No job is worked here.
 */
@Timeout(60)
class RefusalTests {

	private static final String NO_SCAN = "01890a5d-ac96-774b-bcce-b302099a8057";

	@TempDir
	private static Path directory;

	private static HttpSample sample;

	@BeforeAll
	static void start() throws Exception {
		Path root = directory.resolve("root");
		TestTree.fill(root.resolve("inside"), 1);
		TestTree.fill(directory.resolve("outside/deeper"), 1);
		TestTree.fill(directory.resolve("root-beside"), 1);
		Files.createSymbolicLink(root.resolve("way-out"), directory.resolve("outside"));
		Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
		sample = HttpSample.start(root, "--q.worker.enabled=false", "--q.queues.scan.max-length=1");
	}

	@AfterEach
	void deleteScans() {
		JobStore store = sample.bean(JobStore.class);
		store.control().delete(jobs().stream().map(Job::id).toList());
	}

	@AfterAll
	static void stop() {
		sample.close();
	}

	@ParameterizedTest
	@MethodSource
	void aPathToNoFolderBelowTheRootIsRefusedWithARemedy(String path) throws Exception {
		Answer refused = sample.scan(path.replace("%directory%", directory.toString()));

		requireProblem(refused, 400);
		assertThat(refused.text("detail")).startsWith("There is no folder '").contains("sample.root");
		assertThat(jobs()).isEmpty();
	}

	static Stream<String> aPathToNoFolderBelowTheRootIsRefusedWithARemedy() {
		return Stream.of("missing", "inside/file-0", "inside/file-0/x", "loop", " ", "..", "../outside",
				"../root-beside", "inside/../../outside", "way-out", "way-out/deeper", "way-out/..", "/", "/etc",
				"/etc/passwd", "//etc", "%directory%", "%directory%/outside", "%directory%/root-beside", "file:///etc",
				"~", "%2e%2e", "..\\..", "a\u0000b", "inside\u0000", "\u0000", "x".repeat(300), "a\nb\u202e");
	}

	@Test
	void whatLiesOutsideCannotBeToldFromWhatDoesNotExist() throws Exception {
		for (String way : new String[] { "../outside", "way-out", directory.resolve("outside").toString() }) {
			String there = sample.scan(way + "/deeper").text("detail");
			String missing = sample.scan(way + "/missing").text("detail");

			assertThat(there.replace("/deeper", "/missing")).isEqualTo(missing);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 4097, 10_000 })
	void aPathHasALengthThatPathsHave(int length) throws Exception {
		Answer refused = sample.scan("x".repeat(length));

		requireProblem(refused, 400);
		assertThat(refused.text("detail")).contains("1 to 4096 characters", "has " + length).hasSizeLessThan(400);
		assertThat(jobs()).isEmpty();
	}

	@Test
	void whatCannotBePrintedIsEscaped() throws Exception {
		assertThat(sample.scan("a\nb\u202e\u0000").text("detail")).contains("'a\\u000ab\\u202e\\u0000'");
		assertThat(sample.get("/jobs/%E2%80%AE").text("detail")).contains("'\\u202e'");
		assertThat(sample.get("/scans/" + NO_SCAN + "?wait=%E2%80%AE").text("detail")).contains("'\\u202e'")
			.doesNotContain("\u202e");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "{}", "[]", "5", "\"inside\"", "{\"path\":null}", "{\"path\":[\"inside\"]}",
			"{\"path\":\"inside\"", "{\"path\":\"inside\"} {}", "{\"path\":\"inside\",\"path\":\"inside\"}",
			"path=inside", "\u0000" })
	void aBodyThatIsNotWhatIsAskedForIsRefused(String body) throws Exception {
		Answer refused = sample.post("/scans", body);

		requireProblem(refused, 400);
		assertThat(refused.text("detail")).contains("{\"path\": \"docs\"}");
		assertThat(jobs()).isEmpty();
	}

	@Test
	void aFieldThatIsNotKnownIsNamed() throws Exception {
		Answer refused = sample.post("/scans", "{\"path\":\"inside\",\"deep\\n\":true}");

		requireProblem(refused, 400);
		assertThat(refused.text("detail")).contains("'deep\\u000a'");
	}

	@Test
	void aBodyMayNotBeLarge() throws Exception {
		String body = "{\"path\":\"inside\"" + " ".repeat(1_000_000) + "}";

		requireProblem(sample.post("/scans", body), 400);
	}

	@Test
	void aBodyThatIsNoJsonIsNotRead() throws Exception {
		requireProblem(sample.post("/scans", "{\"path\":\"inside\"}", "text/plain"), 415);
	}

	@Test
	void whoeverCannotReadTheAnswerStartsNothing() throws Exception {
		requireProblem(sample.scan("inside", "text/html"), 406);

		assertThat(jobs()).isEmpty();
	}

	@Test
	void aPausedQueueAsksToTryAgainLater() throws Exception {
		JobStore store = sample.bean(JobStore.class);
		store.control().pause(new QueueName("scan"), PauseMode.IN);
		try {
			Answer refused = sample.scan("inside");

			requireProblem(refused, 503);
			assertThat(refused.header("Retry-After")).isEqualTo("1");
		}
		finally {
			store.control().resume(new QueueName("scan"));
		}
	}

	@Test
	void aFullQueueAsksToTryAgainLater() throws Exception {
		assertThat(sample.scan("inside").status()).isEqualTo(202);

		Answer refused = sample.scan("inside");

		requireProblem(refused, 503);
		assertThat(refused.header("Retry-After")).isEqualTo("1");
		assertThat(refused.text("detail")).contains("Queue scan is full");
	}

	@Test
	void aScanWaitsForItsReportNoLongerThanItWasTold() throws Exception {
		String scan = sample.scan("inside").header("Location");

		Answer running = sample.get(scan + "?wait=50ms");

		assertThat(running.text("state")).isEqualTo("RUNNING");
		assertThat(running.json().at("/progress/known").intValue()).isEqualTo(1);
		assertThat(running.json().at("/progress/ended").intValue()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1s", "10001ms", "11s", "1h", "x", "5", "99999999999999999999s", "9223372036854775807d" })
	void aWaitMustBeShort(String wait) throws Exception {
		Answer refused = sample.get("/scans/" + NO_SCAN + "?wait=" + wait);

		assertThat(refused.status()).isEqualTo(wait.equals("5") ? 404 : 400);
		requireProblem(refused, refused.status());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/scans/", "/jobs/" })
	void anIdIsAUuid(String path) throws Exception {
		Answer refused = sample.get(path + "abc");

		requireProblem(refused, 400);
		assertThat(refused.text("detail")).contains("'abc'", "UUID such as");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/scans/", "/jobs/" })
	void whatIsNotThereIsNotFound(String path) throws Exception {
		Answer refused = sample.get(path + NO_SCAN);

		requireProblem(refused, 404);
		assertThat(refused.text("detail")).contains(NO_SCAN, "or not any more");
	}

	@Test
	void otherAddressesAndMethodsAreProblemsToo() throws Exception {
		requireProblem(sample.get("/nothing"), 404);
		requireProblem(sample.get("/scans"), 405);
		requireProblem(sample.post("/jobs/" + NO_SCAN, "{}"), 405);
	}

	@Test
	void aRootThatIsNoFolderFailsTheStart() {
		Path missing = directory.resolve("missing");

		assertThatThrownBy(() -> HttpSample.start(missing).close()).rootCause()
			.hasMessageContainingAll("sample.root", missing.toString(), "Set it to one that exists");
	}

	private static void requireProblem(Answer answer, int status) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(status);
		assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(JsonMapper.shared().readTree(answer.body()).path("status").intValue()).isEqualTo(status);
		assertThat(answer.body()).doesNotContain("Exception", "\tat ");
	}

	private static List<Job> jobs() {
		return sample.bean(JobStore.class).catalog().search(Query.ALL, 100, null).items();
	}

}
