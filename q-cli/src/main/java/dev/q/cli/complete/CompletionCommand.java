package dev.q.cli.complete;

import java.util.Map;
import java.util.concurrent.Callable;

import dev.q.cli.output.Lines;
import dev.q.cli.output.OutputOptions;
import dev.q.cli.session.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Prints a script for bash or zsh.
 *
 * @since 0.1
 */
@Command(name = "completion", description = "Print a script by which bash or zsh complete commands and options.",
		footer = { "", "In bash:  source <(q completion)",
				"In zsh:   autoload -U +X compinit bashcompinit && compinit && bashcompinit && source <(q completion)" })
public final class CompletionCommand implements Callable<Integer> {

	/** It becomes part of names in the script. */
	private static final String NAME = "[A-Za-z][A-Za-z0-9_-]*";

	private final OutputOptions output;

	@Option(names = "--name", paramLabel = "NAME", defaultValue = "q",
			description = "What the command is called in that shell: ${DEFAULT-VALUE} unless given.")
	private String name = "q";

	@Spec
	private CommandSpec spec;

	/**
	 * Makes the command.
	 * @param output shows the script
	 */
	public CompletionCommand(OutputOptions output) {
		this.output = output;
		this.spec = CommandSpec.create();
	}

	@Override
	public Integer call() {
		if (!this.name.matches(NAME)) {
			throw new IllegalArgumentException(
					"--name must be a letter, then letters, digits, '_' and '-', but was '%s'".formatted(this.name));
		}
		String script = AutoComplete.bash(this.name, this.spec.root().commandLine());
		this.output.show(Map.of("script", script), () -> Lines.of(script));
		return ExitCode.DONE.number();
	}

}
