package dev.q.cli.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import dev.q.job.Names;
import org.jspecify.annotations.Nullable;

/**
 * Where a server is, as an argument says it.
 *
 * @param kind the kind of store, as for {@code q.store}
 * @param key the property that takes the address
 * @param url the address
 */
record Address(String kind, String key, String url) {

	private static final String JDBC = "jdbc:postgresql:";

	private static final String NO_SCHEME = "[^A-Za-z0-9+.-]";

	private static final Pattern PASSWORD = Pattern.compile("[?&](password|sslpassword)=", Pattern.CASE_INSENSITIVE);

	static Address of(String url) {
		requireNoPassword(url);
		if (url.startsWith(JDBC)) {
			return new Address("postgres", "spring.datasource.url", url);
		}
		if (url.matches("(redis|rediss|redis-socket|redis-sentinel)://.*")) {
			return new Address("redis", "spring.data.redis.url", url);
		}
		// What has no scheme may be anything, also a password in the wrong place.
		String begin = url.contains("://")
				? "begins with '%s'".formatted(url.split("[:/]", 2)[0].replaceAll(NO_SCHEME, "?")) : "has no '://'";
		throw new SetupException(
				"--url must be such as redis://host:6379/0, rediss://host:6379 or jdbc:postgresql://host/database, but "
						+ begin);
	}

	private static void requireNoPassword(String url) {
		if (PASSWORD.matcher(decoded(url)).find() || hasLogin(url)) {
			throw new SetupException(
					"--url must hold no password: others on this machine can see arguments. Give it in SPRING_DATA_REDIS_PASSWORD or SPRING_DATASOURCE_PASSWORD, in the configuration, or with --ask-password");
		}
	}

	/**
	 * To some clients a lone user of a Redis address is its password, and so is one
	 * before an encoded '@'. Parameters for PostgreSQL may hold one for other reasons.
	 */
	private static boolean hasLogin(String url) {
		String place = url.startsWith(JDBC) ? url.split("\\?", 2)[0] : url;
		return decoded(place).contains("@");
	}

	private static String decoded(String url) {
		try {
			return URLDecoder.decode(url, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			throw new SetupException(
					"--url is no address: a '%' in it must be followed by two hexadecimal digits, such as %25 for '%' itself",
					ex);
		}
	}

	void requireKind(@Nullable String wanted) {
		if (wanted != null && !wanted.equalsIgnoreCase(this.kind)) {
			throw new SetupException(
					"--store %s and --url contradict each other: that address is one of %s. Leave --store out"
						.formatted(Names.quoted(wanted), this.kind));
		}
	}

}
