package dev.q.sample.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FileFactsTests {

	@TempDir
	private Path directory;

	@Test
	void anEmptyFileHasNothing() throws IOException {
		assertThat(FileFacts.of(file(""))).isEqualTo(new FileFacts(0, 0, 0,
				"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", FileKind.EMPTY));
	}

	@Test
	void aTextIsCounted() throws IOException {
		assertThat(FileFacts.of(file("abc"))).isEqualTo(new FileFacts(3, 0, 1,
				"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", FileKind.TEXT));
	}

	@ParameterizedTest
	@CsvSource({ "'one two\nthree\n',2,3", "'one two\nthree',1,3", "'a\r\nb\r\n',2,2", "'\n\n\n',3,0",
			"'  a\t\u000bb  ',0,2", "'h\u00e9 \u4f60',0,2" })
	void linesAreLineFeedsAndWordsAreWhatIsBetweenWhiteSpace(String text, long lines, long words) throws IOException {
		FileFacts facts = FileFacts.of(file(text));

		assertThat(facts.lines()).isEqualTo(lines);
		assertThat(facts.words()).isEqualTo(words);
		assertThat(facts.bytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
	}

	@Test
	void aLargeFileIsReadInPieces() throws IOException {
		String line = "0123456789abcde ".repeat(8) + "\n";

		FileFacts facts = FileFacts.of(file(line.repeat(50_000)));

		assertThat(facts).isEqualTo(new FileFacts(129L * 50_000, 50_000, 8 * 50_000,
				"03449b959d0ebdd95a355b8f4dd88d0376700f4bf06038456b3c7e2339d6c231", FileKind.TEXT));
	}

	@Test
	void aReadingThatIsInterruptedEnds() throws IOException {
		Path large = file("x".repeat(100_000));
		Thread.currentThread().interrupt();

		assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> FileFacts.of(large));

		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void aWordThatGoesOnInTheNextPieceIsOneWord() throws IOException {
		assertThat(FileFacts.of(file("x".repeat(100_000))).words()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "89504e470d0a1a0a00,IMAGE", "ffd8ffe0,IMAGE", "474946383961,IMAGE", "255044462d312e37,DOCUMENT",
			"504b030400,ARCHIVE", "1f8b0800,ARCHIVE", "7f454c4602,PROGRAM", "cafebabe00,PROGRAM", "fffe4100,TEXT",
			"4100,BINARY", "ff,TEXT", "89504e,TEXT" })
	void theFirstBytesTellTheKind(String bytes, FileKind kind) throws IOException {
		Path file = Files.write(this.directory.resolve("named.txt"), HexFormat.of().parseHex(bytes));

		assertThat(FileFacts.of(file).kind()).isEqualTo(kind);
	}

	@Test
	void whatIsNotThereIsUnreadable() throws IOException {
		assertThat(FileFacts.of(this.directory.resolve("missing"))).isEqualTo(FileFacts.UNREADABLE);
	}

	@Test
	void aFileThatBecameALinkOrADirectoryIsUnreadable() throws IOException {
		Path link = Files.createSymbolicLink(this.directory.resolve("link"), file("text"));

		assertThat(FileFacts.of(link)).isEqualTo(FileFacts.UNREADABLE);
		assertThat(FileFacts.of(this.directory)).isEqualTo(FileFacts.UNREADABLE);
		assertThat(FileFacts.of(this.directory.resolve("file/below"))).isEqualTo(FileFacts.UNREADABLE);
	}

	private Path file(String content) throws IOException {
		return Files.writeString(this.directory.resolve("file"), content);
	}

}
