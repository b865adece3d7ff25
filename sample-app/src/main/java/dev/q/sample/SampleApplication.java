package dev.q.sample;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the sample. With {@code --scan=DIR} it scans a directory and ends; with
 * {@code --show-rollback} it shows what becomes of a job whose transaction is rolled
 * back; without, it is a server that scans what clients ask for, until it is stopped.
 *
 * @since 0.1
 */
@SpringBootApplication
public class SampleApplication {

	/**
	 * Entry of the process.
	 * @param args see above
	 */
	public static void main(String[] args) {
		ApplicationArguments arguments = new DefaultApplicationArguments(args);
		Terminal terminal = new Terminal(System.out, System.err, isInteractive());
		if (ScanCommand.isMeantBy(arguments)) {
			System.exit(new ScanCommand(arguments, terminal).run());
		}
		if (RollbackCommand.isMeantBy(arguments)) {
			System.exit(new RollbackCommand(arguments, terminal).run());
		}
		SpringApplication.run(SampleApplication.class, args);
	}

	/**
	 * On Java 22 to 24 there is a console even if nobody looks on. Then the lines of the
	 * progress bar end in carriage returns, which does no harm.
	 */
	@SuppressWarnings("SystemConsoleNull")
	private static boolean isInteractive() {
		return System.console() != null;
	}

}
