package dev.q.test.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.util.JavacTask;

/**
 * A class that may hold tests, as its source shows it. What is nested in it counts as a
 * part of it.
 *
 * @param marks annotations of the class, each as it is written
 * @param parents classes that it or what is nested in it extends, by their simple names
 * @param methods by their names
 */
record TestSource(Set<String> marks, Set<String> parents, Map<String, Method> methods) {

	private static final Set<String> TESTS = Set.of("@Test", "@ParameterizedTest", "@RepeatedTest", "@TestFactory",
			"@TestTemplate");

	/** Whether a test so marked runs depends on more than that it is run. */
	private static final List<String> CONDITIONS = List.of("@Disabled", "@Enabled");

	/** A tag of tests that only the profile of the same name runs. */
	private static final String DEEP = "\"deep\"";

	/**
	 * Reads a source.
	 */
	static TestSource read(Path file) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		SourceScan scan = new SourceScan();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
			JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null,
					files.getJavaFileObjects(file));
			scan.scan(task.parse(), Set.of());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return scan.source();
	}

	boolean hasTests() {
		return this.methods.values().stream().anyMatch(Method::isTest);
	}

	/** What may keep all of its tests from running. */
	Optional<String> obstacle() {
		return obstacle(this.marks,
				this.methods.values().stream().anyMatch((method) -> !method.isTest() && method.assumes()));
	}

	private static Optional<String> obstacle(Set<String> marks, boolean assumes) {
		return marks.stream()
			.filter((mark) -> CONDITIONS.stream().anyMatch(mark::startsWith)
					|| (mark.startsWith("@Tag(") && mark.contains(DEEP)))
			.findFirst()
			.or(() -> Optional.of("an assumption").filter((assumption) -> assumes));
	}

	/**
	 * A method, as far as tests are concerned.
	 *
	 * @param marks its annotations and those of nested classes around it
	 * @param assumes whether it may give up without having failed
	 */
	record Method(Set<String> marks, boolean assumes) {

		boolean isTest() {
			return this.marks.stream().map((mark) -> mark.split("\\(", 2)[0]).anyMatch(TESTS::contains);
		}

		/** What may keep it from running. */
		Optional<String> obstacle() {
			return TestSource.obstacle(this.marks, this.assumes);
		}

		/** This one, or another of its name. */
		Method or(Method other) {
			return isTest() ? this : other;
		}

	}

	/**
	 * What was seen so far.
	 */
	static final class Draft {

		private final Set<String> marks = new HashSet<>();

		private final Set<String> parents = new HashSet<>();

		private final Map<String, Method> methods = new HashMap<>();

		void mark(Set<String> found) {
			this.marks.addAll(found);
		}

		void parent(String name) {
			this.parents.add(name);
		}

		void method(String name, Method method) {
			this.methods.merge(name, method, Method::or);
		}

		TestSource toSource() {
			return new TestSource(this.marks, this.parents, this.methods);
		}

	}

}
