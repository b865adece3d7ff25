package dev.q.boot;

import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an editor of {@code application.yml} is told.
 */
class MetadataTests {

	private final JsonNode metadata = ConfigurationPage.metadata();

	@Test
	void everyPropertyIsDescribed() {
		List<JsonNode> properties = properties();

		assertThat(properties).hasSizeGreaterThan(20)
			.allSatisfy((property) -> assertThat(property.path("description").asString("")).as(name(property))
				.isNotBlank());
	}

	@Test
	void defaultsAreShown() {
		assertThat(property("q.worker.lease").path("defaultValue").asString()).isEqualTo("30s");
		assertThat(property("q.memory.capacity").path("defaultValue").asInt()).isEqualTo(10_000);
		assertThat(property("q.worker.enabled").path("defaultValue").asBoolean()).isTrue();
		assertThat(property("q.fail-fast").path("defaultValue").asBoolean(true)).isFalse();
		assertThat(property("q.redis.namespace").path("defaultValue").asString()).isEqualTo("q");
		assertThat(property("q.postgres.schema-management").path("defaultValue").asString()).isEqualTo("auto");
		assertThat(property("q.postgres.idle-in-transaction-timeout").path("defaultValue").asString()).isEqualTo("60s");
		assertThat(property("q.redis.timeout").path("defaultValue").asString()).isEqualTo("5s");
	}

	@Test
	void hintsAreGivenForPropertiesThatExist() {
		List<String> names = properties().stream().map(MetadataTests::name).toList();
		List<String> hinted = this.metadata.path("hints").valueStream().map(MetadataTests::name).toList();

		assertThat(hinted).contains("q.retry.policy")
			.allSatisfy((hint) -> assertThat(names).contains(hint.replaceAll("\\.(keys|values)$", "")));
	}

	private List<JsonNode> properties() {
		return this.metadata.path("properties").valueStream().toList();
	}

	private JsonNode property(String name) {
		return properties().stream().filter((property) -> name(property).equals(name)).findFirst().orElseThrow();
	}

	private static String name(JsonNode node) {
		return node.path("name").asString();
	}

}
