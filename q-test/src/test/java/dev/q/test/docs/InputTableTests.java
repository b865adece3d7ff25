package dev.q.test.docs;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.q.JobOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/input.md}: a row that names no test, or one that does not exist, and an
 * option without a row are found.
 */
class InputTableTests {

	private static final Path REPOSITORY = Path.of("..");

	private final TestSources sources = new TestSources(REPOSITORY);

	@Test
	void everyRowOfThePageNamesTestsThatRun() throws IOException {
		assertThat(page().faults(this.sources)).isEmpty();
	}

	@Test
	void everyOptionOfAJobHasARow() throws IOException {
		List<String> options = Stream.of(JobOption.class.getFields())
			.filter((field) -> Modifier.isStatic(field.getModifiers()))
			.map(InputTableTests::valueOf)
			.toList();

		assertThat(options).hasSizeGreaterThan(15);
		assertThat(page().parameters()).containsAll(options);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', textBlock = """
			| `x` | a | b | c | d | `InputTableTests#nothing` |; there is no such method
			| `x` | a | b | c | d | nothing |; it must name tests
			| `x` | a | b |  | d | `InputTableTests` |; 6 cells
			| `x` | a | b | d | `InputTableTests` |; 6 cells
			""")
	void aBadRowIsFound(String row, String fault) {
		assertThat(InputTable.of(row).faults(this.sources)).singleElement().asString().contains(fault);
	}

	private static InputTable page() throws IOException {
		return InputTable.of(Files.readString(REPOSITORY.resolve("docs/input.md")));
	}

	private static String valueOf(Field field) {
		try {
			return String.valueOf(field.get(null));
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
