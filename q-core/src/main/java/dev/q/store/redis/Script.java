package dev.q.store.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The scripts, and the parts that each is put together from. A part stands in a file of
 * its own; the last one is named as the script.
 */
enum Script {

	INSERT_PLAIN("plain wake", false), INSERT("queue line wake moves store", false),
	CLAIM("queue line wake moves promote", true), RENEW("queue", true), SETTLE("queue line wake moves history", true),
	ABANDON("queue line wake moves history", true), RECOVER("queue line wake moves history view", true),
	EXPIRE("queue line wake moves history view", true), PROMOTE_DUE("queue line wake moves promote", true),
	PURGE("queue line wake moves", true), DUE("queue line wake moves", false), FIND("queue view", false),
	ATTEMPTS("queue view", false), PEEK("queue line wake moves view", false), SCAN("queue", false),
	COUNT("queue line wake moves", false), CANCEL("queue line wake moves history", true),
	DELETE("queue line wake moves", true), RETRY("queue line wake moves", true),
	RESCHEDULE("queue line wake moves store", true), HOLD("queue line wake moves", true),
	RELEASE("queue line wake moves", true), EDIT("queue line wake moves", false), PAUSE("queue wake", true),
	PASS("queue wake", true), LIST("", true), ANNOUNCE("", true), WORKERS("", false), SAVE("", false), TICKS("", false),
	UNSCHEDULE("", true), HALT("", true), FIRE("queue line wake moves store", false), PROBE("queue", true),
	FORGET("queue line wake moves view", true), STANDING("queue line wake moves view", false);

	/** Read once, since it is asked for before each call. */
	private static final String SERVER_CLOCK = read("clock");

	private final String body;

	private final boolean drains;

	Script(String parts, boolean drains) {
		List<String> names = Arrays.stream(parts.split(" ")).filter((part) -> !part.isEmpty()).toList();
		this.body = names.stream().map(Script::read).collect(Collectors.joining())
				+ read(name().toLowerCase(Locale.ROOT).replace('_', '-'));
		this.drains = drains;
	}

	/**
	 * Whether the script must go on working when the server's memory is full, because it
	 * makes room or keeps what is there.
	 */
	boolean drains() {
		return this.drains;
	}

	/**
	 * The text of the script.
	 * @param clock code, in Lua, of a function {@code clock}
	 * @return the whole text
	 */
	String source(String clock) {
		return clock + this.body;
	}

	/** The server's own clock. */
	static String serverClock() {
		return SERVER_CLOCK;
	}

	private static String read(String part) {
		try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(part + ".lua"), part)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8) + '\n';
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
