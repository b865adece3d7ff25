package dev.q.cli.act;

import java.util.concurrent.Callable;

import dev.q.cli.session.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Does something to jobs for which no more is to be said than which.
 */
@Command
final class JobsCommand implements Callable<Integer> {

	private final Shell shell;

	private final Verb verb;

	@Mixin
	private final TargetOptions target = new TargetOptions();

	@Mixin
	private final ConsentOptions consent = new ConsentOptions();

	JobsCommand(Shell shell, Verb verb) {
		this.shell = shell;
		this.verb = verb;
	}

	@Override
	public Integer call() {
		return new Steering(this.shell, this.target, this.consent).go(Deed.of(this.verb));
	}

}
