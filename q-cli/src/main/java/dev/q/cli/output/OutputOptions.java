package dev.q.cli.output;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * How results are shown.
 *
 * @since 0.1
 */
public final class OutputOptions {

	private final PrintWriter out;

	private final PrintWriter err;

	@Option(names = "--json", scope = ScopeType.INHERIT, description = "Show one JSON document instead of text.")
	private boolean json;

	/**
	 * Takes where results go.
	 * @param out where results go
	 * @param err where notes go that are no result
	 */
	public OutputOptions(PrintWriter out, PrintWriter err) {
		this.out = out;
		this.err = err;
	}

	/**
	 * Whether results are for programs.
	 * @return true if they are JSON
	 */
	public boolean isJson() {
		return this.json;
	}

	/**
	 * Shows a result.
	 * @param forPrograms the result, for programs
	 * @param forPeople the same as lines, for people; escaped here
	 */
	public void show(Map<String, Object> forPrograms, Supplier<List<String>> forPeople) {
		if (this.json) {
			this.out.println(Json.text(forPrograms));
		}
		else {
			forPeople.get().forEach((line) -> this.out.println(Lines.printable(line)));
		}
		this.out.flush();
	}

	/**
	 * Shows one of several results that follow each other: to programs each as a line of
	 * its own, to people with an empty line behind it.
	 * @param forPrograms the result, for programs
	 * @param forPeople the same as lines, for people; escaped here
	 */
	public void showNext(Map<String, Object> forPrograms, Supplier<List<String>> forPeople) {
		if (this.json) {
			this.out.println(Json.line(forPrograms));
		}
		else {
			forPeople.get().forEach((line) -> this.out.println(Lines.printable(line)));
			this.out.println();
		}
		this.out.flush();
	}

	/**
	 * A terminal whose lines are written over, until it is closed.
	 * @return takes the terminal with its first picture
	 */
	public Canvas canvas() {
		return new Canvas(this.out);
	}

	/**
	 * Whether nobody reads the results any more.
	 * @return true if the process behind a pipe has gone
	 */
	public boolean isUnread() {
		return this.out.checkError();
	}

	/**
	 * Says how far a command is that takes its time: beside the results, and where those
	 * are for programs apart from them.
	 * @param text what; escaped here
	 */
	public void progress(String text) {
		if (this.json) {
			note(text);
		}
		else {
			this.out.println(Lines.printable(text));
			this.out.flush();
		}
	}

	/**
	 * Says something that is no result, to people.
	 * @param text what; escaped here
	 */
	public void note(String text) {
		this.err.println(Lines.printable(text));
		this.err.flush();
	}

}
