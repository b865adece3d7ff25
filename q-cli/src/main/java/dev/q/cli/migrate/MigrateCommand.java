package dev.q.cli.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.q.admin.view.JsonMap;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Shell;
import dev.q.cli.store.Layout;
import dev.q.cli.store.Layouts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes the schema of each store in PostgreSQL, or the steps that it lacks.
 *
 * @since 0.1
 */
@Command(name = "migrate", description = "Make the schema in PostgreSQL, or what this version adds to it.")
public final class MigrateCommand implements Callable<Integer> {

	private final Shell shell;

	@Option(names = "--dry-run", description = "Change nothing: say what would be run.")
	private boolean dryRun;

	@Option(names = "--print",
			description = "Run nothing: print the SQL, for somebody who may run it. With --dry-run only what the server lacks; else all, and no server is needed.")
	private boolean print;

	/**
	 * Makes the command.
	 * @param shell knows the configuration
	 */
	public MigrateCommand(Shell shell) {
		this.shell = shell;
	}

	@Override
	public Integer call() {
		List<Migration> done = new ArrayList<>();
		try (Layouts layouts = Layouts.of(this.shell.configuration(), this.shell.output()::note)) {
			layouts.all().forEach((layout) -> done.add(migration(layout)));
		}
		catch (RuntimeException ex) {
			done.stream().map(Migration::text).flatMap(List::stream).forEach(this.shell.output()::note);
			throw ex;
		}
		this.shell.output()
			.show(new JsonMap().with("dryRun", this.dryRun || this.print)
				.with("stores", done.stream().map(Migration::json).toList())
				.map(), () -> done.stream().map(Migration::text).flatMap(List::stream).toList());
		return ExitCode.DONE.number();
	}

	private Migration migration(Layout layout) {
		if (this.print) {
			return Migration.printed(layout, this.dryRun ? layout.missing() : layout.steps());
		}
		return this.dryRun ? new Migration(layout, "would run", layout.missing(), null)
				: new Migration(layout, "ran", layout.migrate(), null);
	}

}
