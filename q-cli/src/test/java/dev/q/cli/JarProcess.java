package dev.q.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the jar as a process, in a directory of its own.
 */
abstract class JarProcess {

	@TempDir
	private Path directory;

	Path directory() {
		return this.directory;
	}

	Ended run(Map<String, String> environment, String... args) throws IOException, InterruptedException {
		Process process = start(environment, args);
		process.getOutputStream().close();
		String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		return new Ended(process.waitFor(), out, errors());
	}

	Process start(Map<String, String> environment, String... args) throws IOException {
		return builder(environment, args).start();
	}

	ProcessBuilder builder(Map<String, String> environment, String... args) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-jar", System.getProperty("cli.jar")));
		command.addAll(Arrays.asList(args));
		ProcessBuilder builder = new ProcessBuilder(command).directory(this.directory.toFile())
			.redirectError(this.directory.resolve("errors").toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("Q_") || name.startsWith("SPRING_"));
		builder.environment().remove("JAVA_TOOL_OPTIONS");
		builder.environment().putAll(environment);
		return builder;
	}

	String errors() throws IOException {
		return Files.readString(this.directory.resolve("errors"));
	}

	/**
	 * How a process ended.
	 */
	record Ended(int code, String out, String err) {
	}

}
