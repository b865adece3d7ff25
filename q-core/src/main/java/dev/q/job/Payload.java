package dev.q.job;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Bytes and what they are. Compared by content. The bytes never leave as an array that is
 * shared, so a payload cannot change.
 *
 * @since 0.1
 */
public final class Payload {

	/** Content type of a payload that a codec wrote. */
	public static final String JSON = "application/json";

	/** Content type of a payload that its producer gave as bytes. */
	public static final String OCTETS = "application/octet-stream";

	/** The payload of a job that has none. */
	public static final Payload EMPTY = new Payload(OCTETS, new byte[0]);

	private final String contentType;

	private final byte[] bytes;

	private Payload(String contentType, byte[] bytes) {
		this.contentType = contentType;
		this.bytes = bytes;
	}

	/**
	 * Makes a payload of bytes that mean nothing to Q.
	 * @param bytes copied
	 * @return the payload, of type {@link #OCTETS}
	 */
	public static Payload octets(byte[] bytes) {
		return of(OCTETS, bytes);
	}

	/**
	 * Makes a payload of a JSON text.
	 * @param utf8 copied; not checked
	 * @return the payload, of type {@link #JSON}
	 */
	public static Payload json(byte[] utf8) {
		return of(JSON, utf8);
	}

	/**
	 * Makes a payload.
	 * @param contentType what the bytes are
	 * @param bytes copied
	 * @return the payload
	 */
	public static Payload of(String contentType, byte[] bytes) {
		return (bytes.length == 0 && OCTETS.equals(contentType)) ? EMPTY : new Payload(contentType, bytes.clone());
	}

	/**
	 * What the bytes are.
	 * @return the content type, such as {@link #JSON}
	 */
	public String contentType() {
		return this.contentType;
	}

	/**
	 * How many bytes there are.
	 * @return the number of bytes
	 */
	public int size() {
		return this.bytes.length;
	}

	/**
	 * The bytes as an array of the caller's own.
	 * @return a copy
	 */
	public byte[] toByteArray() {
		return this.bytes.clone();
	}

	/**
	 * The bytes as a stream, without a copy.
	 * @return a new stream over all bytes; it need not be closed
	 */
	public InputStream newInputStream() {
		return new ByteArrayInputStream(this.bytes);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Payload that && this.contentType.equals(that.contentType)
				&& Arrays.equals(this.bytes, that.bytes);
	}

	@Override
	public int hashCode() {
		return 31 * this.contentType.hashCode() + Arrays.hashCode(this.bytes);
	}

	/**
	 * Says type and size, never the content: payloads do not belong in logs.
	 */
	@Override
	public String toString() {
		return this.contentType + "[" + this.bytes.length + "]";
	}

}
