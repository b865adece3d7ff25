package dev.q.test.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import dev.q.test.server.Surroundings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PostgresSourcesTests {

	private final Map<String, String> properties = new HashMap<>();

	private final Map<String, String> variables = new HashMap<>();

	private PostgresSources sources;

	@TempDir
	private Path folder;

	@BeforeEach
	void lookAround() {
		this.variables.put("PATH", this.folder.resolve("path").toString());
		this.sources = new PostgresSources(
				new Surroundings(this.properties::get, this.variables::get, this.folder.resolve("docker.sock")),
				this.folder.resolve("versions"));
	}

	@Test
	void withNothingElseTheNewestArtifactIsTaken() {
		assertThat(this.sources.chosen()).isEqualTo(PostgresSource.ARTIFACT18);
		assertThat(this.sources.chosenBinary()).isEqualTo(PostgresSource.ARTIFACT18);
		assertThat(this.sources.binaries()).containsExactly(PostgresSource.ARTIFACT18, PostgresSource.ARTIFACT14);
	}

	@Test
	void programsOnThePathGoBeforeTheArtifacts() throws IOException {
		install("path");

		assertThat(this.sources.chosen()).isEqualTo(PostgresSource.PATH);
		assertThat(this.sources.chosenBinary()).isEqualTo(PostgresSource.PATH);
		assertThat(this.sources.binaries()).containsExactly(PostgresSource.PATH, PostgresSource.ARTIFACT18,
				PostgresSource.ARTIFACT14);
		assertThat(this.sources.programs()).hasValue(this.folder.toRealPath().resolve("path"));
	}

	@Test
	void aLinkOnThePathLeadsToTheProgramsBesideIt() throws IOException {
		install("elsewhere");
		Files.createDirectories(this.folder.resolve("path"));
		Files.createSymbolicLink(this.folder.resolve("path/initdb"), this.folder.resolve("elsewhere/initdb"));

		assertThat(this.sources.programs()).hasValue(this.folder.toRealPath().resolve("elsewhere"));
	}

	@Test
	void withoutTheServersProgramInitdbIsNotEnough() throws IOException {
		install("path");
		Files.delete(this.folder.resolve("path/postgres"));

		assertThat(this.sources.programs()).isEmpty();
	}

	@Test
	void ofTheVersionsThatDebianKeepsTheNewestIsTaken() throws IOException {
		install("versions/9/bin");
		install("versions/14/bin");
		install("versions/15/bin");
		Files.createDirectories(this.folder.resolve("versions/16/bin"));
		Files.createDirectories(this.folder.resolve("versions/common"));

		assertThat(this.sources.chosen()).isEqualTo(PostgresSource.PATH);
		assertThat(this.sources.programs()).hasValue(this.folder.resolve("versions/15/bin"));
	}

	@Test
	void aConfiguredUrlGoesBeforeAll() throws IOException {
		install("path");
		this.variables.put("Q_TEST_POSTGRES_URL", "jdbc:postgresql://variable/q");

		assertThat(this.sources.chosen()).isEqualTo(PostgresSource.URL);
		assertThat(this.sources.chosenBinary()).isEqualTo(PostgresSource.PATH);
		assertThat(this.sources.url()).hasValue("jdbc:postgresql://variable/q");

		this.properties.put("q.test.postgres.url", "jdbc:postgresql://property/q");

		assertThat(this.sources.url()).hasValue("jdbc:postgresql://property/q");
	}

	@Test
	void aWantedSourceIsTakenInsteadOfABetterOne() throws IOException {
		install("path");
		this.properties.put("want.postgres", "artifact14");

		assertThat(this.sources.chosen()).isEqualTo(PostgresSource.ARTIFACT14);
		assertThat(this.sources.chosenBinary()).isEqualTo(PostgresSource.ARTIFACT14);
		assertThat(this.sources.binaries()).containsExactly(PostgresSource.ARTIFACT14);
	}

	@Test
	void wantedProgramsThatAreMissingAreRefused() {
		this.properties.put("want.postgres", "path");

		assertThatIllegalStateException().isThrownBy(this.sources::chosen)
			.withMessage("No PostgreSQL from the source 'path': there is no initdb on PATH or in %s, "
				.formatted(this.folder.resolve("versions")) + "install one (Debian: apt-get install postgresql)");
		assertThatIllegalStateException().isThrownBy(this.sources::chosenBinary);
	}

	@Test
	void aWantedUrlThatIsMissingIsRefused() {
		this.properties.put("want.postgres", "url");

		assertThatIllegalStateException().isThrownBy(this.sources::chosen)
			.withMessageContaining(
					"neither the property q.test.postgres.url nor the variable Q_TEST_POSTGRES_URL is set");
	}

	@Test
	void wantedDockerThatIsMissingIsRefused() {
		this.properties.put("want.postgres", "docker");

		assertThatIllegalStateException().isThrownBy(this.sources::chosen)
			.withMessageContaining("DOCKER_HOST is not set and there is no socket");
	}

	@Test
	void anUnknownSourceIsRefused() {
		this.properties.put("want.postgres", "podman");

		assertThatIllegalStateException().isThrownBy(this.sources::chosen)
			.withMessage("want.postgres is 'podman', but there are only: url, docker, path, artifact18, artifact14");
	}

	@Test
	void aMachineOfCiHasToHaveAllPrograms() {
		this.variables.put("CI", "true");

		assertThat(this.sources.binaries()).containsExactly(PostgresSource.PATH, PostgresSource.ARTIFACT18,
				PostgresSource.ARTIFACT14);
		assertThatIllegalStateException().isThrownBy(() -> this.sources.demand(PostgresSource.PATH))
			.withMessageContaining("there is no initdb on PATH");
	}

	@Test
	void aWantedUrlLeavesTheChoiceOfProgramsOpen() {
		this.properties.put("want.postgres", "url");
		this.properties.put("q.test.postgres.url", "jdbc:postgresql://property/q");

		assertThat(this.sources.chosen()).isEqualTo(PostgresSource.URL);
		assertThat(this.sources.binaries()).containsExactly(PostgresSource.ARTIFACT18, PostgresSource.ARTIFACT14);
	}

	private void install(String place) throws IOException {
		Path programs = Files.createDirectories(this.folder.resolve(place));
		for (String program : new String[] { "initdb", "postgres" }) {
			assertThat(Files.createFile(programs.resolve(program)).toFile().setExecutable(true)).isTrue();
		}
	}

}
