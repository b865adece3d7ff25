package dev.q.test.scene;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets every {@code fdatasync} of a process take 2.5 s, by {@code strace}.
 */
final class SlowDisk implements AutoCloseable {

	private static final String DELAY = "inject=fdatasync:delay_enter=2500000";

	private final Process strace;

	private SlowDisk(Process strace) {
		this.strace = strace;
	}

	/**
	 * Whether this machine has {@code strace} and lets it look into other processes,
	 * which containers often forbid.
	 */
	static boolean isPossible() throws IOException {
		Process subject = new ProcessBuilder("cat").start();
		try (SlowDisk disk = of(subject.pid())) {
			return disk.isAttached();
		}
		catch (IOException ex) {
			// Not here, or not there.
			return false;
		}
		finally {
			subject.destroyForcibly();
		}
	}

	/**
	 * Slows a process down until it ends or this is closed.
	 * @throws IOException if that is not possible here
	 */
	static SlowDisk of(long pid) throws IOException {
		Process strace = new ProcessBuilder(List.of("strace", "-f", "-o", "/dev/null", "-p", String.valueOf(pid), "-e",
				"trace=fdatasync", "-e", DELAY))
			.redirectErrorStream(true)
			.start();
		BufferedReader said = new BufferedReader(
				new InputStreamReader(strace.getInputStream(), StandardCharsets.US_ASCII));
		String first = said.readLine();
		if (first == null || !first.contains("attached")) {
			strace.destroy();
			throw new IOException("strace cannot be attached: " + first);
		}
		return new SlowDisk(strace);
	}

	/**
	 * Whether syncs are still slow.
	 */
	boolean isAttached() {
		return this.strace.isAlive();
	}

	@Override
	public void close() {
		this.strace.destroy();
		this.strace.onExit().orTimeout(10, TimeUnit.SECONDS).join();
	}

}
