package dev.q.test.server.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;

import dev.q.test.server.ServerRoom;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks archives. The only class that knows XZ, so that the rest works without it.
 */
final class TxzArchive {

	private TxzArchive() {
	}

	static void unpack(URL archive, Path folder) {
		// As root, tar would give the files to those who packed them.
		ProcessBuilder tar = new ProcessBuilder(List.of("tar", "-x", "-o", "-f", "-", "-C", folder.toString()))
			.redirectOutput(Redirect.DISCARD)
			.redirectError(Redirect.DISCARD);
		try (InputStream packed = archive.openStream(); InputStream files = new XZInputStream(packed)) {
			Process running = ServerRoom.start(tar);
			try (OutputStream input = running.getOutputStream()) {
				files.transferTo(input);
			}
			int status = running.onExit().join().exitValue();
			if (status != 0) {
				throw new IOException("tar ended with " + status);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s cannot be unpacked to %s".formatted(archive, folder), ex);
		}
	}

}
