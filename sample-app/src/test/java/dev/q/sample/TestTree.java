package dev.q.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Trees of small files.
 */
public final class TestTree {

	/** What a file of {@link #fill} has in it. */
	public static final String CONTENT = "two words\n";

	private TestTree() {
	}

	/**
	 * Makes files with the same content.
	 */
	public static void fill(Path directory, int files) throws IOException {
		Files.createDirectories(directory);
		for (int i = 0; i < files; i++) {
			Files.writeString(directory.resolve("file-" + i), CONTENT);
		}
	}

}
