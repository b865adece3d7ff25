package dev.q.test.server;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that answers, and how to reach it.
 *
 * @param source where it comes from
 * @param version what it is, such as {@code 6.2.11}
 * @param uri its address, {@code redis://} with host and port, and with user, password
 * and database if it wants them
 * @since 0.1
 */
public record RedisServer(RedisSource source, String version, URI uri) {

	private static final Logger logger = LoggerFactory.getLogger("dev.q.test.server");

	static URI urlOf(String host, int port) {
		return URI.create("redis://%s:%d".formatted(host, port));
	}

	/**
	 * Asks a server elsewhere for its version.
	 * @param source where it comes from
	 * @param uri its address
	 * @return the server
	 */
	static RedisServer at(RedisSource source, URI uri) {
		if (!"redis".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 0) {
			throw new IllegalStateException(
					"A test server has an address like redis://user:password@host:6379/0, but this one is %s://%s:%d"
						.formatted(uri.getScheme(), uri.getHost(), uri.getPort()));
		}
		Map<String, String> facts = new RedisServer(source, "?", uri).info("server");
		return new RedisServer(source, facts.getOrDefault("redis_version", "?"), uri);
	}

	/**
	 * Where it runs.
	 * @return a name or an address
	 */
	public String host() {
		return this.uri.getHost();
	}

	/**
	 * Where it listens.
	 * @return the port
	 */
	public int port() {
		return this.uri.getPort();
	}

	/**
	 * The address as clients want it.
	 * @return a URL of the scheme {@code redis}
	 */
	public String url() {
		return this.uri.toString();
	}

	/**
	 * Opens a connection, as the user and to the database that the address names.
	 * @return the connection, to be closed
	 * @throws java.io.UncheckedIOException if nobody answers
	 * @throws RedisErrorReply if the server refuses the user
	 */
	public RedisConnection connect() {
		RedisConnection connection = RedisConnection.open(host(), port());
		Optional.ofNullable(this.uri.getUserInfo()).ifPresent((user) -> connection.call(authOf(user)));
		String path = Optional.ofNullable(this.uri.getPath()).orElse("");
		if (path.length() > 1) {
			connection.call("SELECT", path.substring(1));
		}
		return connection;
	}

	/**
	 * Sends one command over a connection of its own.
	 * @param words the command and its arguments
	 * @return the reply
	 * @throws java.io.UncheckedIOException if nobody answers
	 * @throws RedisErrorReply if the server refuses
	 * @see RedisConnection#call
	 */
	public @Nullable Object command(String... words) {
		try (RedisConnection connection = connect()) {
			return connection.call(words);
		}
	}

	/**
	 * What the server tells of itself.
	 * @param section a section of {@code INFO}
	 * @return its values by their names
	 */
	public Map<String, String> info(String section) {
		return facts(command("INFO", section));
	}

	/**
	 * Reads what {@code INFO} and {@code CLUSTER INFO} reply.
	 */
	static Map<String, String> facts(@Nullable Object reply) {
		return String.valueOf(reply)
			.lines()
			.filter((line) -> line.contains(":"))
			.map((line) -> line.split(":", 2))
			.collect(Collectors.toMap((fact) -> fact[0], (fact) -> fact[1]));
	}

	private static String[] authOf(String user) {
		String[] parts = user.split(":", 2);
		if (parts.length == 1) {
			return new String[] { "AUTH", parts[0] };
		}
		return parts[0].isEmpty() ? new String[] { "AUTH", parts[1] } : new String[] { "AUTH", parts[0], parts[1] };
	}

	/**
	 * Says that tests run on this server, so that a change of its source is seen: in the
	 * log, or on the terminal if the log would keep it to itself.
	 */
	RedisServer announced() {
		if (logger.isInfoEnabled()) {
			logger.info("{}", this);
		}
		else {
			System.out.println(this);
		}
		return this;
	}

	/**
	 * Without the password of the address.
	 */
	@Override
	public String toString() {
		return "Redis %s (%s) on port %d".formatted(this.version, this.source, port());
	}

}
