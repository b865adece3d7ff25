package dev.q.test.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/capabilities.md}, and whether a bad row of it would be found.
 */
class CapabilityTableTests {

	private static final Path REPOSITORY = Path.of("..");

	private static final String HEAD = """
			| T1 | capability | from | how | tests | stores |
			| --- | --- | --- | --- | --- | --- |
			| ALL | Rest | q | - | `GoodTests` | all alike |
			""";

	private static final String GOOD = """
			class GoodTests {

				@Test
				void runs() {
				}

				@ParameterizedTest
				@ValueSource(strings = { "{", ";" })
				void runsWith(String text) {
				}

				// @Test
				void isNone() {
				}

				@Test
				@Disabled("for now")
				void isDisabled() {
				}

				@EnabledOnOs(OS.LINUX)
				@Test
				void hasACondition() {
				}

				@Tag("deep")
				@Test
				void isDeep() {
				}

				@Test
				void assumes() {
					Assumptions.assumeTrue(serverIsThere());
				}

				@Nested
				@Disabled
				class Inner {

					@Test
					void isInADisabledOne() {
					}

				}

			}
			""";

	@TempDir
	private Path folder;

	@BeforeEach
	void write() throws IOException {
		write("q-core/src/test/java/GoodTests.java", GOOD);
		write("q-core/src/test/java/HeirTests.java", "class HeirTests extends GoodTests {\n}\n");
		write("q-core/src/test/java/Scene.java", "class Scene {\n\tvoid open() {\n\t}\n}\n");
		write("q-core/src/test/java/DisabledTests.java", "@Disabled\n" + GOOD.replace("GoodTests", "DisabledTests"));
		write("q-core/src/test/java/AssumingTests.java", """
				class AssumingTests {
					@BeforeEach
					void set() {
						assumeThat(1).isEqualTo(2);
					}

					@Test
					void runs() {
					}
				}
				""".strip());
		write("q-core/src/main/java/MainTests.java", GOOD.replace("GoodTests", "MainTests"));
		String kit = "abstract class KitContract {\n\t@Test\n\tvoid runs() {\n\t\tassumeThat(1).isEqualTo(1);\n\t}\n}\n";
		write("q-test/src/main/java/contract/KitContract.java", kit);
		write("q-test/src/main/java/contract/engine/AppContract.java", kit.replace("KitContract", "AppContract"));
	}

	@Test
	void everyRowOfThePageNamesTestsThatRun() throws IOException {
		CapabilityTable table = CapabilityTable.of(Files.readString(REPOSITORY.resolve("docs/capabilities.md")));

		assertThat(table.faults(new TestSources(REPOSITORY))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "`GoodTests`", "`GoodTests#runs`", "`GoodTests#runs`, `GoodTests#runsWith`", "`HeirTests`",
			"`KitContract#runs`", "`KitContract`", "`AppContract#runs`", "not taken over: nobody needs it",
			"not yet: a queue has no owner, see `Scene`" })
	void aGoodRowIsNoFault(String tests) {
		assertThat(CapabilityTable.of(page("1, 46", tests)).faults(new TestSources(this.folder))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			`GodTests#runs`              | GodTests#runs does not show it: there is no class GodTests
			`MainTests#runs`             | MainTests#runs does not show it: there is no class MainTests
			`GoodTests#run`              | GoodTests#run does not show it: there is no such method
			`GoodTests#runs`, `Scene`    | Scene does not show it: the class has no test
			`Scene#open`                 | Scene#open does not show it: the method is no test
			`GoodTests#isNone`           | GoodTests#isNone does not show it: the method is no test
			`GoodTests#isDisabled`       | does not run in every build, by @Disabled("for now")
			`GoodTests#hasACondition`    | does not run in every build, by @EnabledOnOs(OS.LINUX)
			`GoodTests#isDeep`           | does not run in every build, by @Tag("deep")
			`GoodTests#assumes`          | does not run in every build, by an assumption
			`GoodTests#isInADisabledOne` | does not run in every build, by @Disabled
			`DisabledTests`              | does not run in every build, by @Disabled
			`DisabledTests#runs`         | does not run in every build, by @Disabled
			`AssumingTests#runs`         | does not run in every build, by an assumption
			`AssumingTests`              | does not run in every build, by an assumption
			GoodTests                    | it must name tests
			`GoodTests` in part          | it must name tests
			not yet                      | it must name tests
			not taken over:              | it must name tests
			""")
	void aBadRowIsFound(String tests, String fault) {
		assertThat(CapabilityTable.of(page("1", tests)).faults(new TestSources(this.folder))).singleElement()
			.asString()
			.startsWith("Row \"Speed\" in line 4: ")
			.contains(fault);
	}

	@Test
	void aRowOfTheWrongWidthOrNumberIsFound() {
		TestSources sources = new TestSources(this.folder);

		assertThat(CapabilityTable.of(page("1", "`GoodTests` | more")).faults(sources)).singleElement()
			.asString()
			.contains("it must have 6 cells");
		assertThat(CapabilityTable.of(page("1", " ")).faults(sources)).singleElement()
			.asString()
			.contains("none of them empty");
		assertThat(CapabilityTable.of(page("47", "`GoodTests`")).faults(sources)).singleElement()
			.asString()
			.contains("numbers from 1 to 46, or -");
	}

	@Test
	void aNumberWithoutARowIsFound() {
		String page = page("1", "`GoodTests`").replace(" 7,", "").replace(" 44,", "");

		assertThat(CapabilityTable.of(page).faults(new TestSources(this.folder)))
			.containsExactly("No row has the numbers [7, 44] in its first cell");
	}

	private static String page(String number, String tests) {
		String all = IntStream.rangeClosed(1, 46).mapToObj(Integer::toString).collect(Collectors.joining(", "));
		return HEAD.replace("ALL", all) + "| %s | Speed | q | - | %s | all alike |\n".formatted(number, tests);
	}

	private void write(String file, String text) throws IOException {
		Path path = this.folder.resolve(file);
		Files.createDirectories(path.getParent());
		Files.writeString(path, text);
	}

}
