package dev.q.test.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port that no other test of this user gets, not even while its server is down. The
 * reservation is a lock on one byte of a file that all JVMs of the user share, so it ends
 * with its JVM at the latest.
 *
 * <p>
 * The ports lie below those that the system hands to clients: a client that looks for a
 * stopped server cannot be given the server's port and talk to itself. The bus of a
 * cluster's node has the port 10000 above and lies outside the range of the others.
 *
 * @since 0.1
 */
public final class ReservedPort implements AutoCloseable {

	private static final int FIRST = 11_000;

	private static final int COUNT = 10_000;

	private static final int TO_BUS = 10_000;

	private static final FileChannel LOCKS = openLocks();

	// JVMs that start together have neighbouring numbers, and should not try the same
	// ports.
	private static final AtomicInteger NEXT = new AtomicInteger((int) (ProcessHandle.current().pid() * 97 % COUNT));

	private final int number;

	private final FileLock lock;

	private ReservedPort(int number, FileLock lock) {
		this.number = number;
		this.lock = lock;
	}

	/**
	 * Reserves a port.
	 * @return a port that is free now, to be closed
	 */
	public static ReservedPort next() {
		for (int tries = 0; tries < COUNT; tries++) {
			int candidate = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
			Optional<ReservedPort> port = reserve(candidate);
			if (port.isPresent()) {
				return port.get();
			}
		}
		throw new IllegalStateException("No port from %d to %d is free".formatted(FIRST, FIRST + COUNT - 1));
	}

	/**
	 * What to listen on.
	 * @return the port
	 */
	public int number() {
		return this.number;
	}

	private static Optional<ReservedPort> reserve(int candidate) {
		try {
			FileLock lock = LOCKS.tryLock(candidate, 1, false);
			if (lock == null) {
				return Optional.empty();
			}
			if (isFree(candidate) && isFree(candidate + TO_BUS)) {
				return Optional.of(new ReservedPort(candidate, lock));
			}
			lock.release();
			return Optional.empty();
		}
		catch (OverlappingFileLockException ex) {
			// This JVM holds it itself.
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Ports cannot be reserved", ex);
		}
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return true;
		}
		catch (IOException ex) {
			// Somebody else listens there.
			return false;
		}
	}

	private static FileChannel openLocks() {
		Path file = Path.of(System.getProperty("java.io.tmpdir"),
				"q-test-ports-%s.lock".formatted(System.getProperty("user.name")));
		try {
			return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Ports cannot be reserved in " + file, ex);
		}
	}

	/**
	 * Gives the port back.
	 */
	@Override
	public void close() {
		try {
			this.lock.release();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Port %d cannot be given back".formatted(this.number), ex);
		}
	}

}
