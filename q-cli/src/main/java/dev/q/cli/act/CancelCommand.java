package dev.q.cli.act;

import java.util.concurrent.Callable;

import dev.q.cli.session.Shell;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Ends jobs, for a reason.
 */
@Command
final class CancelCommand implements Callable<Integer> {

	private final Shell shell;

	@Mixin
	private final TargetOptions target = new TargetOptions();

	@Mixin
	private final ConsentOptions consent = new ConsentOptions();

	@Option(names = "--reason", paramLabel = "TEXT", description = "Why, for those who look at the jobs later.")
	private @Nullable String reason;

	CancelCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		return new Steering(this.shell, this.target, this.consent)
			.go((this.reason != null) ? new Deed(Verb.CANCEL, this.reason) : Deed.of(Verb.CANCEL));
	}

}
