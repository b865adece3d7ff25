package dev.q.cli.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import dev.q.JobRequest;
import dev.q.cli.Place;
import dev.q.cli.Place.Kind;
import dev.q.cli.Place.Run;
import dev.q.job.JobId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An address means the store there and no other one, whatever is configured besides.
 */
class OneStoreTests {

	private static final String LEFT_OUT = "--url means one store. Left out: q.stores.audit";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource
	void anActReachesNoNamedStore(Kind kind) {
		try (Place meant = Place.on(kind); Place other = Place.on(other(kind))) {
			JobId mail = enqueueInto(meant, "mail");
			JobId audit = enqueueInto(other, "audit");
			Map<String, String> environment = environment(kind, meant, other);

			Run byFilter = run(environment, "delete", "--state", "ready", "--yes", "--url", url(kind, meant));
			Run byId = run(environment, "delete", audit.toString(), "--yes", "--url", url(kind, meant));

			assertThat(byFilter.code()).isZero();
			assertThat(byFilter.lines()).contains("1 looked at, 1 meant, 1 changed");
			assertThat(byFilter.err().lines()).containsExactly(LEFT_OUT);
			assertThat(byId.code()).isOne();
			assertThat(meant.admin().find(mail)).isEmpty();
			assertThat(other.admin().find(audit)).isPresent();
		}
	}

	@ParameterizedTest
	@EnumSource
	void aLookShowsNoNamedStore(Kind kind) {
		try (Place meant = Place.on(kind); Place other = Place.on(other(kind))) {
			enqueueInto(meant, "mail");
			enqueueInto(other, "audit");
			Map<String, String> environment = environment(kind, meant, other);

			Run stats = run(environment, "stats", "--url", url(kind, meant));
			Run migrate = run(environment, "migrate", "--dry-run", "--url", url(kind, meant));
			Run all = run(environment, "stats");

			assertThat(stats.err().lines()).containsExactly(LEFT_OUT);
			assertThat(stats.out()).contains("mail").doesNotContain("audit");
			assertThat(migrate.err().lines()).containsExactly(LEFT_OUT);
			assertThat(migrate.lines()).singleElement().asString().startsWith("q.store, ");
			assertThat(all.err()).isEmpty();
			assertThat(all.out()).contains("mail", "audit");
		}
	}

	@Test
	void aFileThatIsNamedBesidesTheAddressChangesNothingOfThat() throws IOException {
		try (Place meant = Place.on(Kind.REDIS)) {
			enqueueInto(meant, "mail");
			Path file = Files.writeString(this.directory.resolve("application.yml"), """
					spring.datasource.url: jdbc:postgresql://localhost:1/nowhere
					q:
					  redis.namespace: %s
					  stores:
					    books: { store: postgres, queues: books }
					    inside: { bean: someBean, queues: inside }
					""".formatted(meant.environment().get("Q_REDIS_NAMESPACE")));

			Run run = run(Map.of(), "stats", "--config", file.toString(), "--url", url(Kind.REDIS, meant));

			assertThat(run.err().lines())
				.containsExactly("--url means one store. Left out: q.stores.books, q.stores.inside");
			assertThat(run.out()).contains("mail");
			assertThat(run.code()).isZero();
		}
	}

	@Test
	void aPoolThatWouldConnectByAClassGoesToTheAddress() {
		try (Place meant = Place.on(Kind.POSTGRES)) {
			enqueueInto(meant, "mail");
			Map<String, String> environment = new HashMap<>(meant.environment());
			environment.put("SPRING_DATASOURCE_HIKARI_DATASOURCECLASSNAME", "org.postgresql.ds.PGSimpleDataSource");
			environment.put("SPRING_DATASOURCE_HIKARI_DATASOURCEPROPERTIES_URL", "jdbc:postgresql://localhost:1/x");

			Run elsewhere = run(environment, "stats");
			Run stats = run(environment, "stats", "--url", url(Kind.POSTGRES, meant));

			assertThat(elsewhere.code()).as("the settings count without --url").isOne();
			assertThat(stats.err()).isEmpty();
			assertThat(stats.out()).contains("mail");
			assertThat(stats.code()).isZero();
		}
	}

	private static Kind other(Kind kind) {
		return (kind == Kind.REDIS) ? Kind.POSTGRES : Kind.REDIS;
	}

	/** Production is configured: one store of each kind. */
	private static Map<String, String> environment(Kind kind, Place meant, Place other) {
		Map<String, String> environment = new HashMap<>(other.environment());
		environment.putAll(meant.environment());
		environment.put("Q_STORES_AUDIT_STORE", other(kind).name());
		environment.put("Q_STORES_AUDIT_QUEUES", "audit");
		String place = (kind == Kind.REDIS) ? "POSTGRES_SCHEMA" : "REDIS_NAMESPACE";
		environment.put("Q_STORES_AUDIT_" + place, other.environment().get("Q_" + place));
		return environment;
	}

	private static String url(Kind kind, Place place) {
		return place.environment().get((kind == Kind.REDIS) ? "SPRING_DATA_REDIS_URL" : "SPRING_DATASOURCE_URL");
	}

	private static JobId enqueueInto(Place place, String queue) {
		return place.jobs().enqueue(JobRequest.of("note", "a").with((o) -> o.queue(queue))).id();
	}

	private static Run run(Map<String, String> environment, String... args) {
		return Place.run(environment, new ByteArrayInputStream(new byte[0]), args);
	}

}
