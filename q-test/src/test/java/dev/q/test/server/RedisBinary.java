package dev.q.test.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program that can be started as often as a test likes.
 *
 * @param source where it comes from
 * @param file the program
 * @param version what it says it is
 */
record RedisBinary(RedisSource source, Path file, String version) {

	private static final Pattern VERSION = Pattern.compile("\\bv=(\\S+)");

	private static final int PORTS_TO_TRY = 20;

	static RedisBinary of(RedisSource source, Path file) {
		Path folder = ServerRoom.folder("version-of-" + source);
		ServerProcess process = ServerProcess.start(List.of(file.toString(), "--version"), folder);
		process.awaitEnd();
		String output = process.log();
		Matcher version = VERSION.matcher(output);
		if (!version.find()) {
			throw new IllegalStateException(
					"%s from the source '%s' is no Redis that runs here: %s".formatted(file, source, output));
		}
		return new RedisBinary(source, file, version.group(1));
	}

	RedisProcess start(List<String> config) {
		return start(List.of(), Stream.concat(Stream.of("bind 127.0.0.1", "save \"\""), config.stream()).toList());
	}

	RedisProcess startSentinel(List<String> config) {
		return start(List.of("--sentinel"), Stream.concat(Stream.of("bind 127.0.0.1"), config.stream()).toList());
	}

	// A port that was free a moment ago can be taken by a program that reserves none.
	private RedisProcess start(List<String> flags, List<String> config) {
		for (int tries = 0; tries < PORTS_TO_TRY; tries++) {
			RedisProcess process = launch(flags, config);
			if (isReady(process)) {
				process.server().announced();
				return process;
			}
		}
		throw new IllegalStateException("%d free ports were taken before Redis could listen".formatted(PORTS_TO_TRY));
	}

	// What is not ready leaves nothing.
	private static boolean isReady(RedisProcess process) {
		boolean ready = false;
		try {
			ready = process.awaitReady();
			return ready;
		}
		finally {
			if (!ready) {
				process.close();
			}
		}
	}

	private RedisProcess launch(List<String> flags, List<String> config) {
		ReservedPort port = ReservedPort.next();
		Path folder = ServerRoom.folder("redis-" + port.number());
		Path file = folder.resolve("redis.conf");
		List<String> lines = new ArrayList<>();
		lines.add("port " + port.number());
		lines.addAll(config);
		try {
			Files.write(file, lines, StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(file + " cannot be written", ex);
		}
		List<String> command = new ArrayList<>(List.of(this.file.toString(), file.toString()));
		command.addAll(flags);
		RedisServer server = new RedisServer(this.source, this.version, RedisServer.urlOf("127.0.0.1", port.number()));
		return new RedisProcess(server, ServerProcess.start(command, folder), port);
	}

}
