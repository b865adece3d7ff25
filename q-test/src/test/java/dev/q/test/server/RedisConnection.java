package dev.q.test.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A plain connection to a server, for a test to look into it and poke it. Texts are
 * UTF-8. For one thread at a time.
 *
 * @since 0.1
 */
public final class RedisConnection implements AutoCloseable {

	private static final Duration TO_CONNECT = Duration.ofSeconds(5);

	private static final Duration TO_ANSWER = Duration.ofMinutes(1);

	private final Socket socket;

	private final InputStream in;

	private final OutputStream out;

	private RedisConnection(Socket socket) throws IOException {
		this.socket = socket;
		this.in = new BufferedInputStream(socket.getInputStream());
		this.out = new BufferedOutputStream(socket.getOutputStream());
	}

	static RedisConnection open(String host, int port) {
		Socket socket = new Socket();
		try {
			socket.connect(new InetSocketAddress(host, port), (int) TO_CONNECT.toMillis());
			socket.setTcpNoDelay(true);
			socket.setSoTimeout((int) TO_ANSWER.toMillis());
			return new RedisConnection(socket);
		}
		catch (IOException ex) {
			close(socket);
			throw new UncheckedIOException("No Redis answers at %s:%d".formatted(host, port), ex);
		}
	}

	/**
	 * Sends a command and waits for its reply, for a minute at most.
	 * @param words the command and its arguments
	 * @return a {@link String}, a {@link Long}, a {@link List} of replies or null. In a
	 * list an error is a {@link RedisErrorReply}.
	 * @throws RedisErrorReply if the reply is an error
	 * @throws UncheckedIOException if the server is gone or silent
	 */
	public @Nullable Object call(String... words) {
		try {
			send(words);
			Object reply = read();
			if (reply instanceof RedisErrorReply error) {
				throw error;
			}
			return reply;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No reply to " + words[0], ex);
		}
	}

	private void send(String... words) throws IOException {
		write("*" + words.length);
		for (String word : words) {
			write("$" + word.getBytes(StandardCharsets.UTF_8).length);
			write(word);
		}
		this.out.flush();
	}

	private void write(String line) throws IOException {
		this.out.write(line.getBytes(StandardCharsets.UTF_8));
		this.out.write('\r');
		this.out.write('\n');
	}

	private @Nullable Object read() throws IOException {
		String line = readLine();
		String rest = line.substring(1);
		return switch (line.charAt(0)) {
			case '+' -> rest;
			case '-' -> new RedisErrorReply(rest);
			case ':' -> Long.valueOf(rest);
			case '$' -> readText(Integer.parseInt(rest));
			case '*' -> readList(Integer.parseInt(rest));
			default -> throw new IOException("This is no reply of Redis: " + line);
		};
	}

	private @Nullable String readText(int length) throws IOException {
		if (length < 0) {
			return null;
		}
		byte[] text = this.in.readNBytes(length);
		this.in.skipNBytes(2);
		return new String(text, StandardCharsets.UTF_8);
	}

	private @Nullable List<@Nullable Object> readList(int length) throws IOException {
		if (length < 0) {
			return null;
		}
		List<@Nullable Object> replies = new ArrayList<>();
		for (int i = 0; i < length; i++) {
			replies.add(read());
		}
		return replies;
	}

	private String readLine() throws IOException {
		ByteArrayOutputStream line = new ByteArrayOutputStream();
		int next = this.in.read();
		while (next != '\r') {
			if (next < 0) {
				throw new EOFException("The server closed the connection");
			}
			line.write(next);
			next = this.in.read();
		}
		this.in.skipNBytes(1);
		return line.toString(StandardCharsets.UTF_8);
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		close(this.socket);
	}

}
