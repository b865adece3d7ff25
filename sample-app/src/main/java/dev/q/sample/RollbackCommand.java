package dev.q.sample;

import dev.q.JobReceipt;
import dev.q.JobTemplate;
import dev.q.sample.orders.Orders;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What {@code --show-rollback} asks for: start without a web server, place an order in a
 * transaction that is rolled back and one in a transaction that is committed, print what
 * is left of each and end.
 */
final class RollbackCommand {

	private static final String SHOW_ROLLBACK = "show-rollback";

	private final ApplicationArguments arguments;

	private final Terminal terminal;

	RollbackCommand(ApplicationArguments arguments, Terminal terminal) {
		this.arguments = arguments;
		this.terminal = terminal;
	}

	static boolean isMeantBy(ApplicationArguments arguments) {
		return arguments.containsOption(SHOW_ROLLBACK);
	}

	/**
	 * Runs to the end.
	 * @return the exit code of the process
	 */
	int run() {
		SpringApplicationBuilder application = new SpringApplicationBuilder(SampleApplication.class)
			.web(WebApplicationType.NONE)
			.logStartupInfo(false);
		try (ConfigurableApplicationContext context = application.run(this.arguments.getSourceArgs())) {
			if (context.getBeanNamesForType(Orders.class).length == 0) {
				this.terminal.err().println("--show-rollback needs a database: add --spring.profiles.active=postgres");
				return ScanCommand.MISUSED;
			}
			show(context);
			return ScanCommand.SUCCEEDED;
		}
	}

	private void show(ConfigurableApplicationContext context) {
		Orders orders = context.getBean(Orders.class);
		orders.prepare();
		// A name that no run before had.
		String name = "order-" + context.getStartupDate();
		for (boolean isCommitted : new boolean[] { false, true }) {
			JobReceipt receipt = context.getBean(TransactionTemplate.class).execute((status) -> {
				JobReceipt placed = orders.place(name);
				print("In a transaction", orders.isPlaced(name), placed.status().toString());
				if (!isCommitted) {
					status.setRollbackOnly();
				}
				return placed;
			});
			boolean isThere = context.getBean(JobTemplate.class).find(receipt).isPresent();
			print(isCommitted ? "After its commit" : "After its rollback", orders.isPlaced(name),
					isThere ? "there" : "nowhere");
		}
	}

	private void print(String moment, boolean isPlaced, String job) {
		this.terminal.out()
			.println("%s: the order is %s, the job is %s".formatted(moment, isPlaced ? "there" : "nowhere", job));
	}

}
