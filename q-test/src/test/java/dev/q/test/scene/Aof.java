package dev.q.test.scene;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

import dev.q.test.server.RedisProcess;

/**
 * The file to which a server appends its writes: one in its folder up to Redis 6, later
 * the last part of several.
 */
record Aof(Path file) {

	static Aof of(RedisProcess server) throws IOException {
		try (Stream<Path> files = Files.walk(server.folder())) {
			return files.filter((file) -> file.toString().endsWith(".incr.aof") || file.endsWith("appendonly.aof"))
				.max(Comparator.comparingInt((Path file) -> file.toString().length())
					.thenComparing(Comparator.naturalOrder()))
				.map(Aof::new)
				.orElseThrow(() -> new IllegalStateException("The server appends to no file: " + server.log()));
		}
	}

	long size() throws IOException {
		return Files.size(this.file);
	}

	/**
	 * Cuts off what was written beyond a size.
	 */
	void cutTo(long size) throws IOException {
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.WRITE)) {
			channel.truncate(size);
		}
	}

}
