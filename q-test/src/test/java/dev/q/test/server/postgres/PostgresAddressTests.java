package dev.q.test.server.postgres;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class PostgresAddressTests {

	@Test
	void userAndPasswordAreTakenOutOfAnAddress() {
		assertThat(PostgresAddress
			.of("jdbc:postgresql://db:5433/q?ssl=false&user=ann&password=a%26b%3D1&tcpKeepAlive=true"))
			.isEqualTo(new PostgresAddress("jdbc:postgresql://db:5433/q?ssl=false&tcpKeepAlive=true", "ann", "a&b=1"));
	}

	@Test
	void anAddressWithoutThemIsKept() {
		assertThat(PostgresAddress.of("jdbc:postgresql://db/q"))
			.isEqualTo(new PostgresAddress("jdbc:postgresql://db/q", "postgres", ""));
	}

	@Test
	void anotherSchemeIsRefusedWithoutAWordOfThePassword() {
		assertThatIllegalStateException().isThrownBy(() -> PostgresAddress.of("postgresql://ann:secret@db/q"))
			.withMessageContaining("jdbc:postgresql://")
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("ann:secret"));
	}

	@Test
	void aServerAtAConfiguredAddressIsAskedForItsVersion() {
		PostgresServer known = PostgresServers.shared();
		String url = "jdbc:postgresql://%s:%d/postgres?user=%s&password=%s&connectTimeout=10".formatted(known.host(),
				known.port(), known.user(), known.password());

		PostgresServer server = PostgresAddress.of(url).server();

		assertThat(server.version()).isEqualTo(known.version());
		assertThat(server.source()).isEqualTo(PostgresSource.URL);
		try (PostgresPlace schema = server.freshSchema(); PostgresPlace database = server.freshDatabase()) {
			assertThat(schema.url()).contains("?connectTimeout=10&currentSchema=");
			assertThat(schema.server().value("SELECT current_schema()")).isEqualTo(schema.name());
			assertThat(database.url()).endsWith("/%s?connectTimeout=10".formatted(database.name()));
			assertThat(database.server().value("SELECT current_database()")).isEqualTo(database.name());
		}
	}

}
