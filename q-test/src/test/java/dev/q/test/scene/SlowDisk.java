package dev.q.test.scene;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets every {@code fdatasync} of a server take 2.5 s, by {@code strace}.
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
	 * Slows a process down, and all that it has started and will start, until they end or
	 * this is closed.
	 * @throws IOException if that is not possible here
	 */
	static SlowDisk of(long pid) throws IOException {
		List<String> command = new ArrayList<>(
				List.of("strace", "-f", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", DELAY));
		List<String> processes = family(pid);
		processes.forEach((process) -> command.addAll(List.of("-p", process)));
		Process strace = new ProcessBuilder(command).redirectErrorStream(true).start();
		BufferedReader said = new BufferedReader(
				new InputStreamReader(strace.getInputStream(), StandardCharsets.US_ASCII));
		for (int i = 0; i < processes.size(); i++) {
			String line = said.readLine();
			// The first one must be there; another may have ended meanwhile.
			if (line == null || (i == 0 && !line.contains("attached"))) {
				strace.destroy();
				throw new IOException("strace cannot be attached: " + line);
			}
		}
		return new SlowDisk(strace);
	}

	private static List<String> family(long pid) {
		return ProcessHandle.of(pid)
			.stream()
			.flatMap((first) -> Stream.concat(Stream.of(first), first.descendants()))
			.map((process) -> String.valueOf(process.pid()))
			.toList();
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
