package dev.q.sample.files;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.q.sample.files.TreeWalk.Piece;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class TreeWalkTests {

	@TempDir
	private Path root;

	@Test
	void anEmptyDirectoryHasNoFiles() {
		assertThat(TreeWalk.of(this.root, null).next(10)).isEqualTo(new Piece(List.of(), 0));
	}

	@Test
	void filesComeInTheOrderOfNamesDepthFirst() throws IOException {
		write("b.txt", "a/z", "a/b/c", "a.txt", "a-b", "c");

		assertThat(names(TreeWalk.of(this.root, null).next(10))).containsExactly("a/b/c", "a/z", "a-b", "a.txt",
				"b.txt", "c");
	}

	@Test
	void aWalkGoesOnAfterAnyFile() throws IOException {
		write("b.txt", "a/z", "a/b/c", "a/b/d/e", "a.txt", "a-b", "c", "d/d/d/d", "d/d.d/d", "\u00e9 x/y");
		List<FoundFile> all = TreeWalk.of(this.root, null).next(100).files();

		for (int i = 0; i < all.size(); i++) {
			Piece rest = TreeWalk.of(this.root, all.get(i).path()).next(100);

			assertThat(rest.files()).isEqualTo(all.subList(i + 1, all.size()));
		}
	}

	@Test
	void aWalkGoesOnAfterAFileThatIsGone() throws IOException {
		write("a/1", "a/2", "a/3", "b");
		Files.delete(this.root.resolve("a/2"));

		assertThat(names(TreeWalk.of(this.root, this.root.resolve("a/2")).next(10))).containsExactly("a/3", "b");
	}

	@Test
	void aWalkGoesOnBehindADirectoryThatIsGone() throws IOException {
		write("a", "c");

		Piece rest = TreeWalk.of(this.root, this.root.resolve("b/x/y")).next(10);

		assertThat(names(rest)).containsExactly("c");
	}

	@Test
	void aDirectoryThatBecameAFileIsBehindTheWalk() throws IOException {
		write("a", "b", "c");

		assertThat(names(TreeWalk.of(this.root, this.root.resolve("b/x")).next(10))).containsExactly("c");
	}

	@Test
	void piecesMakeUpTheWhole() throws IOException {
		write(IntStream.range(0, 10).mapToObj((i) -> i % 3 + "/" + i).toArray(String[]::new));
		List<FoundFile> all = TreeWalk.of(this.root, null).next(100).files();
		TreeWalk walk = TreeWalk.of(this.root, null);

		List<FoundFile> pieces = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			pieces.addAll(walk.next(3).files());
		}

		assertThat(pieces).isEqualTo(all).hasSize(10);
	}

	@Test
	void whatWasPutBackComesAgain() throws IOException {
		write("1", "2", "3", "4", "5");
		TreeWalk walk = TreeWalk.of(this.root, null);

		walk.putBack(walk.next(4));
		List<String> first = names(walk.next(1));
		walk.putBack(walk.next(2));

		assertThat(first).containsExactly("1");
		assertThat(names(walk.next(10))).containsExactly("2", "3", "4", "5");
	}

	@Test
	void symbolicLinksAreNotFollowed() throws IOException {
		write("a/file");
		Files.createSymbolicLink(this.root.resolve("a/loop"), this.root);
		Files.createSymbolicLink(this.root.resolve("file-link"), this.root.resolve("a/file"));
		Files.createSymbolicLink(this.root.resolve("nowhere"), this.root.resolve("missing"));

		Piece all = TreeWalk.of(this.root, null).next(10);

		assertThat(names(all)).containsExactly("a/file");
		assertThat(all.unreadable()).isZero();
	}

	@Test
	void aDirectoryThatCannotBeReadIsCountedOnceAndLeftOut() throws IOException {
		write("a", "b/x", "c");
		TreeWalk walk = TreeWalk.of(this.root, null);
		walk.next(1);
		Files.delete(this.root.resolve("b/x"));
		Files.delete(this.root.resolve("b"));

		Piece rest = walk.next(10);
		walk.putBack(rest);

		assertThat(names(rest)).containsExactly("c");
		assertThat(walk.next(10)).isEqualTo(rest).extracting(Piece::unreadable).isEqualTo(1);
		assertThat(walk.next(10).unreadable()).isZero();
	}

	@Test
	void aRootThatIsGoneIsCounted() {
		assertThat(TreeWalk.of(this.root.resolve("gone"), null).next(10)).isEqualTo(new Piece(List.of(), 1));
	}

	@Test
	void aTreeMayBeDeep() throws IOException {
		Path directory = this.root;
		for (int i = 0; i < 300; i++) {
			directory = directory.resolve("d");
		}
		Files.createDirectories(directory);
		Path deep = Files.writeString(directory.resolve("file"), "x");
		write("z");

		Piece all = TreeWalk.of(this.root, null).next(10);

		assertThat(all.files()).extracting(FoundFile::path).containsExactly(deep, this.root.resolve("z"));
		assertThat(names(TreeWalk.of(this.root, deep).next(10))).containsExactly("z");
	}

	@Test
	void namesMayBeOdd() throws IOException {
		write("a b", "new\nline", "\u4f60\u597d", "%41", "-rf", "'\"");
		// Bytes that are no text in any encoding of Unicode.
		Files.writeString(Path.of(URI.create(this.root.toUri() + "%FF%FE")), "x");

		List<FoundFile> all = TreeWalk.of(this.root, null).next(10).files();

		assertThat(all).hasSize(7).allSatisfy((file) -> {
			assertThat(Path.of(URI.create(file.path().toUri().toString()))).isEqualTo(file.path());
			assertThat(FileFacts.of(file.path()).bytes()).isEqualTo(file.size()).isPositive();
		});
	}

	private void write(String... names) throws IOException {
		for (String name : names) {
			Path file = this.root.resolve(name);
			Files.createDirectories(file.getParent());
			Files.writeString(file, name);
		}
	}

	private List<String> names(Piece piece) {
		return piece.files().stream().map((file) -> this.root.relativize(file.path()).toString()).toList();
	}

}
