package dev.q.sample;

import java.io.PrintStream;

/**
 * Where a command talks to people and to other programs.
 *
 * @param out for what was asked for, and nothing else
 * @param err for anything beside that
 * @param isInteractive whether a person looks on, so that a line can be drawn over
 */
record Terminal(PrintStream out, PrintStream err, boolean isInteractive) {

	/**
	 * A name of a file may hold what moves a cursor.
	 */
	static String printable(String name) {
		return name.replaceAll("\\p{Cntrl}", "?");
	}

}
