package dev.q.test.server.postgres;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An address that a person has set, in which JDBC lets user and password be.
 *
 * @param url the address without them
 * @param user the user
 * @param password the password, which can be empty
 */
record PostgresAddress(String url, String user, String password) {

	private static final String SCHEME = "jdbc:postgresql://";

	static PostgresAddress of(String text) {
		// What is wrong can hold a password, so it is not repeated.
		if (!text.startsWith(SCHEME)) {
			throw new IllegalStateException("A test server has an address like "
					+ "jdbc:postgresql://host:5432/database?user=name&password=secret, but this one has another scheme");
		}
		URI uri = URI.create(text.substring("jdbc:".length()));
		String rest = parameters(uri).filter((parameter) -> !isOf("user", parameter) && !isOf("password", parameter))
			.collect(Collectors.joining("&"));
		String plain = SCHEME + uri.getRawAuthority() + uri.getRawPath();
		return new PostgresAddress(rest.isEmpty() ? plain : plain + "?" + rest, value(uri, "user").orElse("postgres"),
				value(uri, "password").orElse(""));
	}

	PostgresServer server() {
		return PostgresServer.at(PostgresSource.URL, this.url, this.user, this.password);
	}

	private static Stream<String> parameters(URI uri) {
		return Optional.ofNullable(uri.getRawQuery()).stream().flatMap((query) -> Arrays.stream(query.split("&")));
	}

	private static Optional<String> value(URI uri, String name) {
		return parameters(uri).filter((parameter) -> isOf(name, parameter))
			.map((parameter) -> URLDecoder.decode(parameter.substring(name.length() + 1), StandardCharsets.UTF_8))
			.findFirst();
	}

	private static boolean isOf(String name, String parameter) {
		return parameter.startsWith(name + "=");
	}

}
