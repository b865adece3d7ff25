package dev.q.test.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RedisSourcesTests {

	private final Map<String, String> properties = new HashMap<>();

	private final Map<String, String> variables = new HashMap<>();

	private RedisSources sources;

	@TempDir
	private Path folder;

	@BeforeEach
	void lookAround() {
		this.variables.put("PATH", this.folder.toString());
		this.sources = new RedisSources(
				new Surroundings(this.properties::get, this.variables::get, this.folder.resolve("docker.sock")));
	}

	@Test
	void withNothingElseTheArtifactIsTaken() {
		assertThat(this.sources.chosen()).isEqualTo(RedisSource.ARTIFACT);
		assertThat(this.sources.chosenBinary()).isEqualTo(RedisSource.ARTIFACT);
		assertThat(this.sources.binaries()).containsExactly(RedisSource.ARTIFACT);
	}

	@Test
	void aProgramOnThePathGoesBeforeTheArtifact() throws IOException {
		install("redis-server");

		assertThat(this.sources.chosen()).isEqualTo(RedisSource.PATH);
		assertThat(this.sources.chosenBinary()).isEqualTo(RedisSource.PATH);
		assertThat(this.sources.binaries()).containsExactly(RedisSource.PATH, RedisSource.ARTIFACT);
		assertThat(this.sources.program()).hasValue(this.folder.resolve("redis-server"));
	}

	@Test
	void aConfiguredUrlGoesBeforeAll() throws IOException {
		install("redis-server");
		this.variables.put("Q_TEST_REDIS_URL", "redis://variable:6379");

		assertThat(this.sources.chosen()).isEqualTo(RedisSource.URL);
		assertThat(this.sources.chosenBinary()).isEqualTo(RedisSource.PATH);
		assertThat(this.sources.url()).hasToString("Optional[redis://variable:6379]");

		this.properties.put("q.test.redis.url", "redis://property:6379");

		assertThat(this.sources.url()).hasToString("Optional[redis://property:6379]");
	}

	@Test
	void aWantedSourceIsTakenInsteadOfABetterOne() throws IOException {
		install("redis-server");
		this.properties.put("want.redis", "artifact");

		assertThat(this.sources.chosen()).isEqualTo(RedisSource.ARTIFACT);
		assertThat(this.sources.chosenBinary()).isEqualTo(RedisSource.ARTIFACT);
		assertThat(this.sources.binaries()).containsExactly(RedisSource.ARTIFACT);
	}

	@Test
	void aWantedProgramThatIsMissingIsRefused() {
		this.properties.put("want.redis", "path");

		assertThatIllegalStateException().isThrownBy(this.sources::chosen)
			.withMessage("No Redis from the source 'path': there is no redis-server on PATH, "
					+ "install one (Debian: apt-get install redis-server)");
		assertThatIllegalStateException().isThrownBy(this.sources::chosenBinary);
	}

	@Test
	void aWantedUrlThatIsMissingIsRefused() {
		this.properties.put("want.redis", "url");

		assertThatIllegalStateException().isThrownBy(this.sources::chosen)
			.withMessageContaining("neither the property q.test.redis.url nor the variable Q_TEST_REDIS_URL is set");
	}

	@Test
	void wantedDockerThatIsMissingIsRefused() {
		this.properties.put("want.redis", "docker");

		assertThatIllegalStateException().isThrownBy(this.sources::chosen)
			.withMessageContaining("DOCKER_HOST is not set and there is no socket");
	}

	@Test
	void anUnknownSourceIsRefused() {
		this.properties.put("want.redis", "podman");

		assertThatIllegalStateException().isThrownBy(this.sources::chosen)
			.withMessage("want.redis is 'podman', but there are only: url, docker, path, artifact");
	}

	@Test
	void aMachineOfCiHasToHaveBothPrograms() {
		this.variables.put("CI", "true");

		assertThat(this.sources.binaries()).containsExactly(RedisSource.PATH, RedisSource.ARTIFACT);
		assertThatIllegalStateException().isThrownBy(() -> this.sources.demand(RedisSource.PATH))
			.withMessageContaining("there is no redis-server on PATH");
	}

	@Test
	void aWantedUrlLeavesTheChoiceOfProgramsOpen() {
		this.properties.put("want.redis", "url");
		this.properties.put("q.test.redis.url", "redis://property:6379");

		assertThat(this.sources.chosen()).isEqualTo(RedisSource.URL);
		assertThat(this.sources.binaries()).containsExactly(RedisSource.ARTIFACT);
	}

	private void install(String program) throws IOException {
		assertThat(Files.createFile(this.folder.resolve(program)).toFile().setExecutable(true)).isTrue();
	}

}
