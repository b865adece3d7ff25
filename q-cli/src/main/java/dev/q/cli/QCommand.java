package dev.q.cli;

import java.util.concurrent.Callable;

import dev.q.cli.output.OutputOptions;
import dev.q.cli.store.StoreOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command above all others. It does nothing by itself.
 */
@Command(name = "q", mixinStandardHelpOptions = true, scope = CommandLine.ScopeType.INHERIT,
		versionProvider = VersionOfJar.class, description = "Looks at the jobs of Q and steers them.",
		synopsisSubcommandLabel = "COMMAND", usageHelpAutoWidth = true, sortOptions = false,
		footer = { "", "The store is the one that application.yml, or --config, or the environment names by q.store,",
				"spring.data.redis.* and spring.datasource.*, as for an application; or --url.",
				"Exit codes: 0 done, 1 not possible, 2 not understood." })
// Picocli reads the fields, to know the options.
@SuppressWarnings("UnusedVariable")
final class QCommand implements Callable<Integer> {

	@Mixin
	private final StoreOptions store;

	@Mixin
	private final OutputOptions output;

	@Spec
	private CommandSpec spec;

	QCommand(StoreOptions store, OutputOptions output) {
		this.store = store;
		this.output = output;
	}

	@Override
	public Integer call() {
		throw new ParameterException(this.spec.commandLine(), "Name a command. 'q --help' lists them");
	}

}
