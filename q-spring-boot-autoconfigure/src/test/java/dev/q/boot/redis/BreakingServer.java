package dev.q.boot.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Speaks as much of Redis' protocol as it takes, and hangs up at the first SET without an
 * answer: a server that dies when it has carried out a command.
 */
final class BreakingServer implements AutoCloseable {

	private final List<List<String>> sets = new CopyOnWriteArrayList<>();

	private final ServerSocket socket;

	BreakingServer() throws IOException {
		this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::serve, "breaking-server");
		thread.setDaemon(true);
		thread.start();
	}

	int port() {
		return this.socket.getLocalPort();
	}

	/**
	 * All SETs that have arrived.
	 */
	List<List<String>> sets() {
		return List.copyOf(this.sets);
	}

	private void serve() {
		while (!this.socket.isClosed()) {
			try (Socket client = this.socket.accept()) {
				talkTo(client);
			}
			catch (IOException ex) {
				if (!this.socket.isClosed()) {
					throw new UncheckedIOException(ex);
				}
			}
		}
	}

	private void talkTo(Socket client) throws IOException {
		BufferedReader in = new BufferedReader(
				new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
		for (List<String> command = read(in); !command.isEmpty(); command = read(in)) {
			boolean set = command.get(0).equals("SET");
			if (set) {
				this.sets.add(command);
			}
			if (set && this.sets.size() == 1) {
				return;
			}
			String answer = command.get(0).equals("PING") ? "+PONG\r\n" : "+OK\r\n";
			client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
		}
	}

	private static List<String> read(BufferedReader in) throws IOException {
		String count = in.readLine();
		List<String> words = new ArrayList<>();
		for (int i = 0; count != null && i < Integer.parseInt(count.substring(1)); i++) {
			in.readLine();
			words.add(in.readLine());
		}
		return words;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
