package dev.q.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.q.sample.scan.ScanReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.DefaultApplicationArguments;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ScanCommandTests {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@TempDir
	private Path root;

	@Test
	void theReportIsExact() throws IOException {
		TestTree.fill(this.root.resolve("many"), 1500);
		Files.write(this.root.resolve("large"), new byte[2 * 1024 * 1024]);
		Files.createFile(this.root.resolve("empty"));
		Files.createSymbolicLink(this.root.resolve("link"), this.root);

		ScanReport report = scan();

		assertThat(report.root()).isEqualTo(this.root.toRealPath().toString());
		assertThat(report.files()).isEqualTo(1502);
		assertThat(report.bytes()).isEqualTo(1500 * TestTree.CONTENT.length() + 2 * 1024 * 1024);
		assertThat(report.lines()).isEqualTo(1500);
		assertThat(report.words()).isEqualTo(2 * 1500 + 1);
		assertThat(report.unreadable()).isZero();
		// The scan, two pages, two drills and the files.
		assertThat(report.jobs()).isEqualTo(1 + 2 + 2 + 1502);
		assertThat(report.retried()).isEqualTo(1);
		assertThat(report.dead()).isEqualTo(1);
		assertThat(report.jobsPerSecond()).isPositive();
	}

	@Test
	void anEmptyDirectoryHasAReport() {
		ScanReport report = scan();

		assertThat(report.files()).isZero();
		assertThat(report.jobs()).isEqualTo(4);
	}

	@Test
	void pagesThatFillUpExactlyMissNothing() throws IOException {
		TestTree.fill(this.root, 2000);

		ScanReport report = scan();

		assertThat(report.files()).isEqualTo(2000);
		assertThat(report.jobs()).isEqualTo(1 + 3 + 2 + 2000);
	}

	@Test
	void aTreeMayHaveMoreFilesThanAQueueHasRoom() throws IOException {
		TestTree.fill(this.root, 700);

		ScanReport report = scan("--q.memory.capacity=50");

		assertThat(report.files()).isEqualTo(700);
		assertThat(report.lines()).isEqualTo(700);
	}

	@Test
	void thereIsNoReportWithoutTheResultsItNeeds() throws IOException {
		TestTree.fill(this.root, 100);

		int exit = run("--scan=" + this.root, "--q.retention.succeeded-per-queue=10");

		assertThat(exit).isEqualTo(ScanCommand.FAILED);
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("The scan failed",
				"q.retention.succeeded-per-queue");
		assertThat(this.out.size()).isZero();
	}

	@Test
	void peopleGetALineForEachFigure() throws IOException {
		TestTree.fill(this.root, 3);

		int exit = run("--scan=" + this.root);

		assertThat(exit).isEqualTo(ScanCommand.SUCCEEDED);
		assertThat(this.out.toString(StandardCharsets.UTF_8)).containsPattern("(?m)^files +3$")
			.containsPattern("(?m)^  text +3$")
			.containsPattern("(?m)^  retried +1$")
			.containsPattern("(?m)^  dead +1$")
			.containsPattern("(?m)^jobs per second +[0-9,.]+$");
		assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("100%  8 of 8 jobs");
	}

	@Test
	void whatIsNoDirectoryIsNamed() throws IOException {
		Path file = Files.createFile(this.root.resolve("file"));

		assertThat(run("--scan=" + file)).isEqualTo(ScanCommand.MISUSED);
		assertThat(run("--scan=" + this.root.resolve("missing"))).isEqualTo(ScanCommand.MISUSED);
		assertThat(run("--scan=\0")).isEqualTo(ScanCommand.MISUSED);

		assertThat(this.err.toString(StandardCharsets.UTF_8).lines()).hasSize(3)
			.satisfiesExactly((first) -> assertThat(first).startsWith("--scan=" + file + ":"),
					(second) -> assertThat(second).startsWith("--scan=" + this.root.resolve("missing") + ":"),
					(third) -> assertThat(third).startsWith("--scan=?:"));
		assertThat(this.out.size()).isZero();
	}

	@Test
	void oneDirectoryMustBeGiven() {
		assertThat(run("--scan")).isEqualTo(ScanCommand.MISUSED);
		assertThat(run("--scan=")).isEqualTo(ScanCommand.MISUSED);
		assertThat(run("--scan=a", "--scan=b")).isEqualTo(ScanCommand.MISUSED);

		assertThat(this.err.toString(StandardCharsets.UTF_8).lines()).containsExactly(
				"--scan takes one directory, as in --scan=src, but was given none",
				"--scan takes one directory, as in --scan=src, but was given none",
				"--scan takes one directory, as in --scan=src, but was given [a, b]");
	}

	/** Half a minute: runs with {@code -Pdeep} only. */
	@Test
	@Tag("deep")
	@Timeout(300)
	void twoHundredThousandFilesInOneDirectoryWorkOnTheDefaults() throws IOException {
		TestTree.fill(this.root, 200_000);

		ScanReport report = scan();

		assertThat(report.files()).isEqualTo(200_000);
		assertThat(report.lines()).isEqualTo(200_000);
		assertThat(report.retried()).isEqualTo(1);
		assertThat(report.dead()).isEqualTo(1);
	}

	private ScanReport scan(String... more) {
		List<String> args = new ArrayList<>(List.of("--scan=" + this.root, "--json"));
		args.addAll(List.of(more));
		assertThat(run(args.toArray(String[]::new))).isEqualTo(ScanCommand.SUCCEEDED);
		List<String> lines = this.out.toString(StandardCharsets.UTF_8).lines().toList();
		assertThat(lines).hasSize(1);
		return JsonMapper.shared().readValue(lines.get(0), ScanReport.class);
	}

	private int run(String... args) {
		Terminal terminal = new Terminal(new PrintStream(this.out, true, StandardCharsets.UTF_8),
				new PrintStream(this.err, true, StandardCharsets.UTF_8), false);
		return new ScanCommand(new DefaultApplicationArguments(args), terminal).run();
	}

}
