package dev.q.test.server;

/**
 * What a server refused, in its own words.
 *
 * @since 0.1
 */
public final class RedisErrorReply extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RedisErrorReply(String message) {
		super(message);
	}

	/**
	 * The kind of the error.
	 * @return its first word, such as {@code ERR}, {@code NOAUTH} or {@code MOVED}
	 */
	public String code() {
		return String.valueOf(getMessage()).split(" ", 2)[0];
	}

}
