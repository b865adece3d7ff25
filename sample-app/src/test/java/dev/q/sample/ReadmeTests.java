package dev.q.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.q.boot.QProperties;
import dev.q.sample.web.HttpSample;
import dev.q.sample.web.HttpSample.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What README.md shows is true.
 */
class ReadmeTests {

	private static final Path REPOSITORY = repository();

	private static final String SOURCE = ".*/src/(main|test)/java/.*\\.java";

	private static final int DEEPEST = 5;

	private static final Pattern BLOCK = Pattern.compile("^```(\\w+)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern REQUEST = Pattern.compile("curl (-i )?'?http://127\\.0\\.0\\.1:8080(?<path>[^ ']+)'?"
			+ "( -H 'Content-Type: application/json' -d '(?<body>[^']+)')?");

	@ParameterizedTest
	@MethodSource
	void javaIsCompiledAsItStands(String java) throws IOException {
		List<String> lines = java.stripIndent().lines().toList();

		assertThat(sources()).as("a source with these lines").anyMatch((source) -> hasLines(source, lines));
	}

	static List<String> javaIsCompiledAsItStands() throws IOException {
		return blocks("java");
	}

	@ParameterizedTest
	@MethodSource
	void yamlIsBoundToTheLastKey(String yaml) throws IOException {
		MutablePropertySources sources = new MutablePropertySources();
		new YamlPropertySourceLoader().load("README", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
			.forEach(sources::addLast);
		Binder binder = new Binder(ConfigurationPropertySources.from(sources));

		QProperties properties = binder
			.bind("q", Bindable.of(QProperties.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
			.get();

		assertThat(properties).isNotNull();
	}

	static List<String> yamlIsBoundToTheLastKey() throws IOException {
		return blocks("yaml");
	}

	@ParameterizedTest
	@MethodSource
	void commandsAreRunByTheBuildOfEachChange(String command) throws IOException {
		List<String> lines = Files.readAllLines(REPOSITORY.resolve(".ci/run"));

		assertThat(lines).as("a line that runs: %s", command)
			.anyMatch((line) -> (line.strip() + " ").startsWith(command + " "));
	}

	static List<String> commandsAreRunByTheBuildOfEachChange() throws IOException {
		return commands().filter((command) -> !command.startsWith("curl ")).toList();
	}

	@Test
	void requestsAreAnswered(@TempDir Path root) throws Exception {
		try (HttpSample sample = HttpSample.start(root)) {
			String id = "";
			for (String command : commands().filter((line) -> line.startsWith("curl ")).toList()) {
				Matcher request = REQUEST.matcher(command.replace("ID", id));
				assertThat(request).as(command).matches();
				Answer answer = (request.group("body") != null)
						? sample.post(request.group("path"), request.group("body")) : sample.get(request.group("path"));
				assertThat(answer.status()).as(command).isBetween(200, 202);
				id = answer.text("id");
			}
			assertThat(id).isNotEmpty();
		}
	}

	private static Stream<String> commands() throws IOException {
		return blocks("shell").stream().flatMap(String::lines);
	}

	@Test
	void theDependencyIsTheStarter() throws IOException {
		List<String> coordinates = blocks("xml").stream()
			.flatMap(String::lines)
			.map(String::strip)
			.filter((line) -> !line.endsWith("dependency>"))
			.toList();

		List<String> starter = Files.readAllLines(REPOSITORY.resolve("q-spring-boot-starter/pom.xml"));

		assertThat(coordinates).hasSize(3);
		assertThat(starter).map(String::strip).containsAll(coordinates);
	}

	private static List<String> blocks(String language) throws IOException {
		String readme = Files.readString(REPOSITORY.resolve("README.md"));
		return BLOCK.matcher(readme)
			.results()
			.filter((block) -> block.group(1).equals(language))
			.map((block) -> block.group(2))
			.toList();
	}

	private static List<List<String>> sources() throws IOException {
		List<List<String>> sources = new ArrayList<>();
		try (Stream<Path> files = Files.walk(REPOSITORY)) {
			for (Path file : files.filter((path) -> path.toString().matches(SOURCE)).toList()) {
				sources.add(Files.readAllLines(file));
			}
		}
		return sources;
	}

	/**
	 * Whether the lines stand in the source one after another, further to the right or
	 * not.
	 */
	private static boolean hasLines(List<String> source, List<String> lines) {
		return Stream.iterate("", (indentation) -> indentation + "\t")
			.limit(DEEPEST)
			.map((indentation) -> lines.stream().map((line) -> line.isEmpty() ? line : indentation + line).toList())
			.anyMatch((indented) -> Collections.indexOfSubList(source, indented) >= 0);
	}

	private static Path repository() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(directory.resolve(".mvn"))) {
			directory = Objects.requireNonNull(directory.getParent(), "This is not run within the repository");
		}
		return directory;
	}

}
