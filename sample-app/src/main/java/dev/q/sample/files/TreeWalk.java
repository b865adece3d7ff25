package dev.q.sample.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A walk over the regular files below a directory, piece by piece. It goes depth first
 * and by the order of names, so that another walk can go on after any file, even if that
 * file is gone by then. Symbolic links are not followed. What cannot be read is left out
 * and counted.
 *
 * <p>
 * Each directory is read once, when the walk comes to it. Not safe for use by several
 * threads at once.
 *
 * @since 0.1
 */
public final class TreeWalk {

	// What is still to be visited in the directories on the way, the deepest one on top.
	private final Deque<Iterator<Path>> levels = new ArrayDeque<>();

	private final Deque<FoundFile> putBack = new ArrayDeque<>();

	private int unreadable;

	private TreeWalk() {
	}

	/**
	 * Starts a walk.
	 * @param root where to start
	 * @param last the file to go on after, or null to start with the first one
	 * @return the walk
	 */
	public static TreeWalk of(Path root, @Nullable Path last) {
		TreeWalk walk = new TreeWalk();
		if (last == null) {
			walk.enter(root, null);
			return walk;
		}
		Path directory = root;
		for (Path name : root.relativize(last)) {
			walk.enter(directory, name);
			directory = directory.resolve(name);
		}
		return walk;
	}

	/**
	 * Goes on.
	 * @param limit how many files to find at most
	 * @return fewer files than that only at the end of the walk
	 */
	public Piece next(int limit) {
		List<FoundFile> files = new ArrayList<>();
		while (files.size() < limit && !this.putBack.isEmpty()) {
			files.add(this.putBack.removeFirst());
		}
		while (files.size() < limit && !this.levels.isEmpty()) {
			Iterator<Path> level = this.levels.getFirst();
			if (level.hasNext()) {
				visit(level.next(), files);
			}
			else {
				this.levels.removeFirst();
			}
		}
		Piece piece = new Piece(files, this.unreadable);
		this.unreadable = 0;
		return piece;
	}

	/**
	 * Takes back the piece that it gave last, to give it again.
	 * @param piece the piece
	 */
	public void putBack(Piece piece) {
		for (int i = piece.files().size() - 1; i >= 0; i--) {
			this.putBack.addFirst(piece.files().get(i));
		}
		this.unreadable += piece.unreadable();
	}

	private void visit(Path path, List<FoundFile> files) {
		try {
			BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class,
					LinkOption.NOFOLLOW_LINKS);
			if (attributes.isRegularFile()) {
				files.add(new FoundFile(path, attributes.size()));
			}
			else if (attributes.isDirectory()) {
				enter(path, null);
			}
		}
		catch (IOException ex) {
			this.unreadable++;
		}
	}

	private void enter(Path directory, @Nullable Path last) {
		List<Path> entries = new ArrayList<>();
		try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
			for (Path entry : stream) {
				if (last == null || entry.getFileName().compareTo(last) > 0) {
					entries.add(entry);
				}
			}
		}
		catch (IOException | DirectoryIteratorException ex) {
			this.unreadable++;
			return;
		}
		Collections.sort(entries);
		this.levels.addFirst(entries.iterator());
	}

	/**
	 * A piece of a walk.
	 *
	 * @param files what was found
	 * @param unreadable how many directories and entries could not be read on the way
	 */
	public record Piece(List<FoundFile> files, int unreadable) {

		/**
		 * Copies the list.
		 */
		public Piece {
			files = List.copyOf(files);
		}

	}

}
