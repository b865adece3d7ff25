package dev.q.sample.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

import dev.q.job.Names;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.stereotype.Component;

/**
 * The folder {@code sample.root}, below which clients may have folders scanned, and
 * nowhere else. Unless it is set, that is the working directory. Whoever may change the
 * tree while it is scanned can still put a link in the place of a folder: this is a guard
 * against clients, not against the users of the machine.
 */
@Component
@ConditionalOnWebApplication
class ScanRoot {

	private static final int LONGEST = 4096;

	private final Path root;

	ScanRoot(@Value("${sample.root:.}") String root) {
		this.root = realFolder(Path.of(""), root).orElseThrow(() -> new IllegalArgumentException(
				"sample.root is %s, but there is no such folder. Set it to one that exists, or leave it out"
					.formatted(Names.quoted(root))));
	}

	/**
	 * Finds the folder that a client means. A folder outside is answered like one that
	 * does not exist, so that nobody learns here what there is.
	 * @param path as the client wrote it, relative to the root
	 * @return its real path
	 */
	Path folder(String path) {
		if (path.isEmpty() || path.length() > LONGEST) {
			throw Problem.badRequest("A path has 1 to %d characters, but %s has %d. %s".formatted(LONGEST,
					Names.quoted(path), path.length(), remedy()));
		}
		return realFolder(this.root, path).filter((folder) -> folder.startsWith(this.root))
			.orElseThrow(() -> Problem
				.badRequest("There is no folder %s to be scanned. %s".formatted(Names.quoted(path), remedy())));
	}

	private static Optional<Path> realFolder(Path base, String path) {
		try {
			return Optional.of(base.resolve(path).toRealPath()).filter(Files::isDirectory);
		}
		catch (InvalidPathException | IOException ex) {
			return Optional.empty();
		}
	}

	private static String remedy() {
		return "Name one below sample.root by its path from there, such as docs, or . for all of it";
	}

}
