package dev.q.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

import dev.q.cli.Place.Kind;
import dev.q.job.JobId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The jar as a process: what only a process shows.
 */
@Tag("packaged")
@Timeout(60)
class PackagedTests extends JarProcess {

	/** By SIGPIPE, for programs that do not ignore it. */
	private static final int PIPE_CLOSED = 128 + 13;

	private static final Path FULL = Path.of("/dev/full");

	@Test
	void theVersionIsThatOfTheBuild() throws Exception {
		Ended version = run(Map.of(), "--version");

		assertThat(version.out()).matches("q \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
		assertThat(version.err()).isEmpty();
		assertThat(version.code()).isZero();
	}

	@Test
	void theExitCodeSaysHowItWent() throws Exception {
		try (Place place = Place.on(Kind.REDIS)) {
			Ended done = run(place.environment(), "enqueue", "mail", "--json");

			assertThat(done.err()).isEmpty();
			assertThat(done.out()).contains("\"STORED\"");
			assertThat(done.code()).isZero();
		}
		Ended away = run(Map.of("Q_STORE", "postgres", "SPRING_DATASOURCE_URL", "jdbc:postgresql://localhost:1/x"),
				"stats");
		assertThat(away.code()).isOne();
		assertThat(away.err().lines()).singleElement().asString().startsWith("q: PostgreSQL at ");
		assertThat(away.out()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void aConfigurationIsReadAsTheApplicationReadsIt(Kind kind) throws Exception {
		try (Place place = Place.on(kind)) {
			JobId id = place.jobs().enqueue("mail", "payload").id();
			String keys = place.environment()
				.entrySet()
				.stream()
				.map((variable) -> "%s: '%s'%n".formatted(property(variable.getKey()), variable.getValue()))
				.collect(Collectors.joining());
			Files.writeString(directory().resolve("application.yml"),
					"q.store: memory\n---\nspring.config.activate.on-profile: night\n" + keys);

			Ended shown = run(Map.of(), "show", id.toString(), "--profile", "night");

			assertThat(shown.err()).isEmpty();
			assertThat(shown.out()).contains(id.toString(), "mail");
			assertThat(shown.code()).isZero();
		}
	}

	private static String property(String variable) {
		return variable.toLowerCase(Locale.ROOT).replace('_', '.');
	}

	@Test
	void whatIsInTheJarKeepsItsLicence() throws Exception {
		try (JarFile jar = new JarFile(System.getProperty("cli.jar"))) {
			assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
			assertThat(jar.stream().map(JarEntry::getName).filter((name) -> name.startsWith("META-INF/licences/")))
				.filteredOn((name) -> name.contains("/postgresql-") && name.endsWith("/LICENSE"))
				.singleElement()
				.satisfies((name) -> assertThat(text(jar, name)).contains("PostgreSQL Global Development Group"));
		}
	}

	private static String text(JarFile jar, String name) throws IOException {
		try (InputStream in = jar.getInputStream(jar.getJarEntry(name))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	@Test
	void theDriverSaysNothingOfAWrongAddress() throws Exception {
		Ended wrong = run(Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql://h:port/x?password=s3cret"), "stats",
				"--store", "postgres");

		assertThat(wrong.code()).isEqualTo(2);
		assertThat(wrong.err().lines()).singleElement().asString().startsWith("q: ").doesNotContain("s3cret");
	}

	@ParameterizedTest
	@EnumSource
	void jobsThatCannotBeReadAreNamedInOneLineEach(Kind kind) throws Exception {
		try (Place place = Place.on(kind)) {
			JobId first = place.jobs().enqueue("scan", "a").id();
			JobId second = place.jobs().enqueue("scan", "b").id();
			place.jobs().enqueue("mail", "c");
			// What drives a terminal, and no name of a type.
			place.spoil("scan", "\u001b[1m");

			Ended ls = run(place.environment(), "ls", "--json");

			assertThat(ls.code()).isZero();
			assertThat(ls.out()).containsOnlyOnce("\"type\"").contains("\"mail\"");
			assertThat(ls.err().lines()).hasSize(2)
				.allSatisfy((line) -> assertThat(line).contains("cannot be read").doesNotContain("\u001b"))
				.anySatisfy((line) -> assertThat(line).contains(first.toString()))
				.anySatisfy((line) -> assertThat(line).contains(second.toString()));
			assertThat(run(place.environment(), "ls", "--verbose").err()).contains("cannot be read");
		}
	}

	@Test
	void aReaderThatHasSeenEnoughEndsItQuietly() throws Exception {
		// More than a pipe holds.
		Process process = start(Map.of("Q_STORE", "postgres"), "migrate", "--print");
		try (InputStream out = process.getInputStream()) {
			assertThat(out.read()).isEqualTo('-');
		}

		assertThat(process.waitFor()).isIn(0, PIPE_CLOSED);
		assertThat(errors()).isEmpty();
	}

	@Test
	void anOutputThatCannotBeWrittenIsAFailure() throws Exception {
		assumeThat(FULL).as("Linux alone has a device that is always full").exists();
		Process process = builder(Map.of("Q_STORE", "postgres"), "migrate", "--print").redirectOutput(FULL.toFile())
			.start();

		assertThat(process.waitFor()).isOne();
		assertThat(errors().lines()).singleElement().asString().startsWith("q: The output cannot be written: ");
	}

}
