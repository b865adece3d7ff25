package dev.q.cli.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.function.Consumer;

import dev.q.job.Names;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.FileUrlResource;
import org.springframework.core.io.Resource;

/**
 * The files of a configuration. It knows which of them was opened last, since what is
 * wrong with a file is told without its name.
 */
final class ConfigurationFiles extends DefaultResourceLoader {

	private @Nullable Path last;

	@Override
	public Resource getResource(String location) {
		Resource resource = super.getResource(location);
		return (resource instanceof FileUrlResource file) ? new Noted(file.getURL(), (opened) -> this.last = opened)
				: resource;
	}

	/** The one that was opened last, as a piece of a sentence; empty if there is none. */
	String last() {
		return (this.last != null) ? " in " + Names.quoted(this.last.toString()) : "";
	}

	/**
	 * A file that says when it is opened.
	 */
	private static final class Noted extends FileUrlResource {

		private final Consumer<Path> opened;

		Noted(URL url, Consumer<Path> opened) {
			super(url);
			this.opened = opened;
		}

		@Override
		public InputStream getInputStream() throws IOException {
			this.opened.accept(getFile().toPath());
			return super.getInputStream();
		}

	}

}
