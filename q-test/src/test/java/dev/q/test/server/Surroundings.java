package dev.q.test.server;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * What this JVM can learn about servers from its call and its machine.
 *
 * @param property looks up system properties
 * @param variable looks up environment variables
 * @param dockerSocket where an engine of this machine listens
 * @since 0.1
 */
public record Surroundings(Function<String, @Nullable String> property, Function<String, @Nullable String> variable,
		Path dockerSocket) {

	/**
	 * The real ones.
	 * @return what this JVM was called with
	 */
	public static Surroundings ofThisJvm() {
		return new Surroundings(System::getProperty, System::getenv, Path.of("/var/run/docker.sock"));
	}

	/**
	 * Looks up a system property.
	 * @param name its name
	 * @return its value, unless that is blank
	 */
	public Optional<String> property(String name) {
		return said(this.property.apply(name));
	}

	/**
	 * Looks up an environment variable.
	 * @param name its name
	 * @return its value, unless that is blank
	 */
	public Optional<String> variable(String name) {
		return said(this.variable.apply(name));
	}

	/**
	 * Whether it is worth asking for Docker. The command says nothing: it can be there
	 * without an engine.
	 * @return whether an engine is named, or its socket there
	 */
	public boolean showDocker() {
		return variable("DOCKER_HOST").isPresent() || Files.exists(this.dockerSocket);
	}

	/**
	 * Looks for a program.
	 * @param program its name
	 * @return the first file of that name on the PATH that can be executed
	 */
	public Optional<Path> onPath(String program) {
		return variable("PATH").stream()
			.flatMap((path) -> Arrays.stream(path.split(File.pathSeparator)))
			.filter((folder) -> !folder.isBlank())
			.map((folder) -> Path.of(folder).toAbsolutePath().resolve(program))
			.filter((file) -> Files.isRegularFile(file) && Files.isExecutable(file))
			.findFirst();
	}

	/**
	 * Whether the tests of this module brought something along. What a test-jar depends
	 * on is not handed on, so each module names it again.
	 * @param resource a file on the class path
	 * @return whether it is there
	 */
	public boolean bring(String resource) {
		return Surroundings.class.getClassLoader().getResource(resource) != null;
	}

	/**
	 * Whether what is missing here is a mistake.
	 * @return whether {@code CI} is {@code true}
	 */
	public boolean areCi() {
		return variable("CI").filter("true"::equals).isPresent();
	}

	private static Optional<String> said(@Nullable String value) {
		return Optional.ofNullable(value).filter((text) -> !text.isBlank());
	}

}
