package dev.q.cli.session;

import java.util.Map;
import java.util.function.BiFunction;

import dev.q.admin.audit.AuditTrail;
import dev.q.boot.ClientSettingsFactory;
import dev.q.cli.output.OutputOptions;
import dev.q.cli.store.Configuration;
import dev.q.cli.store.OpenStore;
import dev.q.cli.store.StoreOptions;

/**
 * Opens the store for a command, and closes it.
 *
 * @since 0.1
 */
public final class Shell {

	private static final String UNKNOWN = "somebody";

	private final Terminal terminal;

	private final StoreOptions store;

	private final OutputOptions output;

	/**
	 * Takes what commands have in common.
	 * @param terminal the process
	 * @param store which store is meant
	 * @param output how results are shown
	 */
	public Shell(Terminal terminal, StoreOptions store, OutputOptions output) {
		this.terminal = terminal;
		this.store = store;
		this.output = output;
	}

	/**
	 * The process.
	 * @return what it gives its command
	 */
	public Terminal terminal() {
		return this.terminal;
	}

	/**
	 * How results are shown.
	 * @return shows them
	 */
	public OutputOptions output() {
		return this.output;
	}

	/**
	 * What is configured. Nothing is connected.
	 * @return read anew
	 */
	public Configuration configuration() {
		return Configuration.of(this.store, this.terminal.environment(), this.terminal.secrets());
	}

	/**
	 * Opens the store, has something done and closes it.
	 * @param work what is done
	 * @return the exit code
	 */
	public int with(Work work) {
		Configuration configuration = configuration();
		AuditTrail audit = AuditTrail.logged().by(who(this.terminal.environment()));
		try (OpenStore open = OpenStore.of(configuration, this.output::note);
				Session session = new Session(open.store(), ClientSettingsFactory.of(configuration.properties()), audit,
						this.output)) {
			return work.in(session).number();
		}
	}

	/**
	 * The same for what is to come to its end, and to be said, also when the process is
	 * asked to end meanwhile.
	 * @param work what is done, and looks whether it is to stop
	 * @return the exit code
	 */
	public int with(BiFunction<Session, Stop, ExitCode> work) {
		return with((session) -> {
			Stop stop = new Stop(this.output);
			stop.ifUnanswered(() -> {
				session.audit().abandon("Stopped: the call of the store was not answered");
				stop.sayUnanswered("What it did is unknown");
			});
			Interrupts.Registration listening = stop.listen(this.terminal.interrupts());
			try {
				return work.apply(session, stop);
			}
			finally {
				listening.close();
			}
		});
	}

	private static String who(Map<String, String> environment) {
		return environment.getOrDefault("USER", environment.getOrDefault("USERNAME", UNKNOWN));
	}

}
