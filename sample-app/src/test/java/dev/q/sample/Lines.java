package dev.q.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a process writes, as events to wait for.
 */
final class Lines {

	private final Duration patience;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	// Both guarded by the lock.
	private final List<String> lines = new ArrayList<>();

	private boolean ended;

	private Lines(Duration patience) {
		this.patience = patience;
	}

	static Lines of(InputStream in, Duration patience) {
		Lines lines = new Lines(patience);
		Thread reader = new Thread(() -> lines.read(in), "lines");
		reader.setDaemon(true);
		reader.start();
		return lines;
	}

	private void read(InputStream in) {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				add(line);
			}
		}
		catch (IOException ex) {
			add("(reading ended: " + ex + ")");
		}
		finally {
			change(() -> this.ended = true);
		}
	}

	private void add(String line) {
		change(() -> this.lines.add(line));
	}

	private void change(Runnable change) {
		this.lock.lock();
		try {
			change.run();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for a line, or finds one that was written before.
	 */
	MatchResult await(String regex) throws InterruptedException {
		return await(regex, 1).get(0);
	}

	/**
	 * Waits for lines, and finds those that were written before.
	 */
	List<MatchResult> await(String regex, int count) throws InterruptedException {
		Pattern pattern = Pattern.compile(regex);
		long left = this.patience.toNanos();
		this.lock.lock();
		try {
			while (true) {
				List<MatchResult> found = this.lines.stream()
					.flatMap((line) -> pattern.matcher(line).results())
					.toList();
				if (found.size() >= count) {
					return found;
				}
				if (this.ended || left <= 0) {
					throw new AssertionError("%d lines with %s, but only %d:%n%s".formatted(count, regex, found.size(),
							String.join("\n", this.lines)));
				}
				left = this.changed.awaitNanos(left);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for the end.
	 */
	List<String> all() throws InterruptedException {
		long left = this.patience.toNanos();
		this.lock.lock();
		try {
			while (!this.ended && left > 0) {
				left = this.changed.awaitNanos(left);
			}
			return List.copyOf(this.lines);
		}
		finally {
			this.lock.unlock();
		}
	}

}
