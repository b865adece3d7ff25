package dev.q.test.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tests of all modules and of the contract kit. Says why one that a page names does
 * not count.
 *
 * <p>
 * What cannot be seen here is a test that gives up while it runs by what it calls, as
 * those do that find no PgBouncer. The last line of {@code .ci/run} counts them, and must
 * say {@code 0 skipped}.
 */
final class TestSources {

	/** The kit assumes nothing but what a store says that it can do. */
	private static final Path KIT = Path.of("contract");

	private static final Path KIT_OF_ENGINES = KIT.resolve("engine");

	private final Map<String, List<Path>> files = new HashMap<>();

	private final Map<Path, TestSource> read = new HashMap<>();

	/**
	 * Finds all sources.
	 * @param repository the folder with the modules in it
	 */
	TestSources(Path repository) {
		try (Stream<Path> modules = Files.list(repository)) {
			modules.flatMap((module) -> Stream.of(module.resolve("src/test/java"), module.resolve("src/main/java")))
				.filter((folder) -> folder.endsWith("src/test/java") || folder.startsWith(repository.resolve("q-test")))
				.filter(Files::isDirectory)
				.forEach(this::addAllBelow);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void addAllBelow(Path folder) {
		try (Stream<Path> found = Files.walk(folder)) {
			found.filter((file) -> file.toString().endsWith(".java"))
				.forEach((file) -> this.files
					.computeIfAbsent(file.getFileName().toString().replace(".java", ""), (name) -> new ArrayList<>())
					.add(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Why a test does not count.
	 * @param test {@code Class#method} or {@code Class}
	 * @return the reason, or empty if it counts
	 */
	Optional<String> objectionTo(String test) {
		String[] parts = test.split("#", 2);
		List<Path> candidates = this.files.getOrDefault(parts[0], List.of());
		Optional<String> objection = Optional.of("there is no class " + parts[0]);
		for (Path file : candidates) {
			objection = (parts.length > 1) ? objectionTo(file, parts[1]) : objectionTo(file);
			if (objection.isEmpty()) {
				return objection;
			}
		}
		return objection;
	}

	private Optional<String> objectionTo(Path file, String name) {
		TestSource source = source(file);
		TestSource.Method method = source.methods().get(name);
		if (method == null) {
			return Optional.of("there is no such method");
		}
		if (!method.isTest()) {
			return Optional.of("the method is no test");
		}
		Optional<String> obstacle = method.obstacle().or(source::obstacle);
		return isKit(file) ? Optional.empty() : obstacle.map(TestSources::notAlways);
	}

	private Optional<String> objectionTo(Path file) {
		TestSource source = source(file);
		if (!hasTests(source)) {
			return Optional.of("the class has no test");
		}
		return isKit(file) ? Optional.empty() : source.obstacle().map(TestSources::notAlways);
	}

	private boolean hasTests(TestSource source) {
		return source.hasTests() || source.parents()
			.stream()
			.flatMap((parent) -> this.files.getOrDefault(parent, List.of()).stream())
			.anyMatch((file) -> hasTests(source(file)));
	}

	private TestSource source(Path file) {
		return this.read.computeIfAbsent(file, TestSource::read);
	}

	private static boolean isKit(Path file) {
		return file.getParent().endsWith(KIT) || file.getParent().endsWith(KIT_OF_ENGINES);
	}

	private static String notAlways(String obstacle) {
		return "it does not run in every build, by " + obstacle;
	}

}
