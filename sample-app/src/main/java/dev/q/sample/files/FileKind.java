package dev.q.sample.files;

import java.util.HexFormat;
import java.util.Map;

/**
 * What a file is, told from its first bytes. Its name does not matter.
 *
 * @since 0.1
 */
public enum FileKind {

	/** It has no bytes. */
	EMPTY,

	/** PNG, JPEG or GIF. */
	IMAGE,

	/** PDF. */
	DOCUMENT,

	/** ZIP and what is built on it, such as JAR; gzip, xz or Zstandard. */
	ARCHIVE,

	/** ELF programs and libraries, and Java classes. */
	PROGRAM,

	/** UTF-16 by its mark, or anything without a zero byte. */
	TEXT,

	/** None of the above. */
	BINARY,

	/** It vanished, or this process may not read it. */
	UNREADABLE;

	private static final int LONGEST = 8;

	/** In hexadecimal digits; none of them is the beginning of another. */
	private static final Map<String, FileKind> BEGINNINGS = Map.ofEntries(Map.entry("89504e470d0a1a0a", IMAGE),
			Map.entry("ffd8ff", IMAGE), Map.entry("474946383761", IMAGE), Map.entry("474946383961", IMAGE),
			Map.entry("255044462d", DOCUMENT), Map.entry("504b0304", ARCHIVE), Map.entry("504b0506", ARCHIVE),
			Map.entry("1f8b08", ARCHIVE), Map.entry("fd377a585a00", ARCHIVE), Map.entry("28b52ffd", ARCHIVE),
			Map.entry("7f454c46", PROGRAM), Map.entry("cafebabe", PROGRAM), Map.entry("feff", TEXT),
			Map.entry("fffe", TEXT));

	static FileKind of(byte[] head) {
		if (head.length == 0) {
			return EMPTY;
		}
		String digits = HexFormat.of().formatHex(head, 0, Math.min(LONGEST, head.length));
		return BEGINNINGS.entrySet()
			.stream()
			.filter((beginning) -> digits.startsWith(beginning.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElseGet(() -> textOrBinary(head));
	}

	private static FileKind textOrBinary(byte[] head) {
		for (byte value : head) {
			if (value == 0) {
				return BINARY;
			}
		}
		return TEXT;
	}

}
