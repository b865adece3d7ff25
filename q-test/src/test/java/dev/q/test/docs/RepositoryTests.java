package dev.q.test.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What lies in the root of the repository.
 */
class RepositoryTests {

	private static final Path REPOSITORY = Path.of("..");

	private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)[^)]*\\)");

	@Test
	void whatAStrangerNeedsIsThere() throws IOException {
		assertThat(REPOSITORY.resolve("LICENSE")).content().contains("Apache License", "Version 2.0, January 2004");
		assertThat(REPOSITORY.resolve("CONTRIBUTING.md")).content().contains(".ci/run");
		assertThat(REPOSITORY.resolve("SECURITY.md")).content().contains("Reporting a vulnerability");
		assertThat(Files.isExecutable(REPOSITORY.resolve(".ci/run"))).isTrue();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void linksOfPagesLeadSomewhere(Path page) throws IOException {
		Stream<String> targets = LINK.matcher(Files.readString(page))
			.results()
			.map((MatchResult match) -> match.group(1));

		assertThat(targets.map(page.getParent()::resolve)).allMatch(Files::exists);
	}

	static Stream<Path> pages() throws IOException {
		try (Stream<Path> root = Files.list(REPOSITORY); Stream<Path> docs = Files.walk(REPOSITORY.resolve("docs"))) {
			return Stream.concat(root, docs).filter((file) -> file.toString().endsWith(".md")).toList().stream();
		}
	}

}
