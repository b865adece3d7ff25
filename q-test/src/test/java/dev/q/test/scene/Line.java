package dev.q.test.scene;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A line between clients and a server on this machine, which can lose answers or keep
 * them back.
 */
final class Line implements AutoCloseable {

	private final int to;

	private final ServerSocket door;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean breaks = new AtomicBoolean();

	/** Held while answers are. */
	private final ReentrantLock open = new ReentrantLock();

	private Line(int to, ServerSocket door) {
		this.to = to;
		this.door = door;
	}

	static Line to(int port) throws IOException {
		Line line = new Line(port, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
		start(line::accept);
		return line;
	}

	int port() {
		return this.door.getLocalPort();
	}

	/**
	 * Loses the next answer and breaks the connection that waits for it. The server has
	 * done by then what it was asked.
	 */
	void breakAtNextAnswer() {
		this.breaks.set(true);
	}

	/**
	 * Keeps back all answers.
	 */
	void holdAnswers() {
		this.open.lock();
	}

	/**
	 * Lets answers arrive, those kept back first. To be called by the thread that held
	 * them.
	 */
	void releaseAnswers() {
		this.open.unlock();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.door.accept();
				Socket server = new Socket(InetAddress.getLoopbackAddress(), this.to);
				this.sockets.add(client);
				this.sockets.add(server);
				start(() -> pass(client, server, false));
				start(() -> pass(server, client, true));
			}
		}
		catch (IOException ex) {
			// The door was closed.
			this.sockets.forEach(Line::close);
		}
	}

	private void pass(Socket from, Socket to, boolean answers) {
		byte[] bytes = new byte[64 * 1024];
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			int count = in.read(bytes);
			while (count >= 0) {
				if (answers && this.breaks.getAndSet(false)) {
					break;
				}
				write(out, bytes, count, answers);
				count = in.read(bytes);
			}
		}
		catch (IOException ex) {
			// One side has gone, and so must the other.
			close(to);
		}
		close(from);
		close(to);
	}

	private void write(OutputStream out, byte[] bytes, int count, boolean answers) throws IOException {
		if (!answers) {
			out.write(bytes, 0, count);
			return;
		}
		this.open.lock();
		try {
			out.write(bytes, 0, count);
		}
		finally {
			this.open.unlock();
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "line");
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("A socket cannot be closed", ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.door.close();
		this.sockets.forEach(Line::close);
	}

}
