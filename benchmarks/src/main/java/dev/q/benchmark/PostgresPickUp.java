package dev.q.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.q.JobHandler;
import org.postgresql.PGConnection;

/**
 * How long it is from the call of {@code enqueue} until the handler begins, when the
 * worker is idle: one in the same process, which is told directly, and one with a store
 * of its own, which is told by the server as if it were elsewhere. Beside them a bare
 * notification, from the call that sends it until it is heard.
 *
 * @since 0.1
 */
public final class PostgresPickUp {

	/**
	 * So many that what runs once for each job is compiled for good, as in a process that
	 * has been up for a while.
	 */
	private static final int WARM_UP = 10_000;

	/** Long enough for all threads to park again. */
	private static final long REST = TimeUnit.MILLISECONDS.toNanos(2);

	/** Handed over by the handler or by the listener: when it was reached. */
	private final SynchronousQueue<Long> begun = new SynchronousQueue<>();

	private final LocalPostgres server;

	private PostgresPickUp(LocalPostgres server) {
		this.server = server;
	}

	/**
	 * Prints the table.
	 * @param args number of jobs; 2000 unless given
	 * @throws Exception if somebody ends the run, or the server fails
	 */
	public static void main(String[] args) throws Exception {
		int jobs = (args.length > 0) ? Integer.parseInt(args[0]) : 2000;
		try (LocalPostgres server = LocalPostgres.open()) {
			server.head("PostgreSQL: pick-up latency of %d single jobs in turns with bare notifications after %d"
				.formatted(jobs, WARM_UP));
			new PostgresPickUp(server).measure(jobs);
		}
	}

	private void measure(int jobs) throws InterruptedException, SQLException {
		List<Double> told = new ArrayList<>();
		List<Double> near = new ArrayList<>();
		List<Double> far = new ArrayList<>();
		try (Connection ear = listening();
				Connection mouth = this.server.connect();
				PreparedStatement notify = mouth.prepareStatement("select pg_notify('bare', 'told')");
				Rig worker = new Rig(Setting.SHIPPED, this, this.server.store()).start();
				Rig elsewhere = new Rig(Setting.SHIPPED, this, this.server.store())) {
			for (int job = -WARM_UP; job < jobs; job++) {
				Mail mail = Mail.of(WARM_UP + job);
				double byNotice = latency(() -> send(notify));
				double byNear = latency(() -> worker.template().enqueue(mail));
				double byFar = latency(() -> elsewhere.template().enqueue(mail));
				if (job >= 0) {
					told.add(byNotice);
					near.add(byNear);
					far.add(byFar);
				}
			}
			ear.abort(Runnable::run);
		}
		print(new Spread(told), new Spread(near), new Spread(far));
	}

	private static void print(Spread told, Spread near, Spread far) {
		Report.row("%-42s %10s %10s %10s %10s".formatted("microseconds", "p50", "p90", "p99", "max"));
		row("bare notification", told);
		row("enqueue to handler, same process", near);
		row("enqueue to handler, told by the server", far);
		Report.row("same process to notification, medians: %.2f; at most 3 is wanted"
			.formatted(near.at(50) / told.at(50)));
		Report.row("told by the server to notification, medians: %.2f; at most 3 is wanted"
			.formatted(far.at(50) / told.at(50)));
	}

	private static void row(String name, Spread spread) {
		Report.row("%-42s %10.1f %10.1f %10.1f %10.1f".formatted(name, spread.at(50), spread.at(90), spread.at(99),
				spread.at(100)));
	}

	private Connection listening() throws SQLException {
		Connection ear = this.server.connect();
		try (Statement statement = ear.createStatement()) {
			statement.execute("listen bare");
		}
		Thread thread = new Thread(() -> hear(ear), "ear");
		thread.setDaemon(true);
		thread.start();
		return ear;
	}

	private void hear(Connection ear) {
		try {
			PGConnection heard = ear.unwrap(PGConnection.class);
			while (!ear.isClosed()) {
				if (heard.getNotifications(0).length > 0) {
					arrive();
				}
			}
		}
		catch (SQLException ex) {
			Report.line("The bare listener ends: " + ex.getMessage());
		}
	}

	private static void send(PreparedStatement notify) {
		try {
			notify.executeQuery().close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private double latency(Runnable call) throws InterruptedException {
		LockSupport.parkNanos(REST);
		long called = Rig.CLOCK.nanoTime();
		call.run();
		return (this.begun.take() - called) / 1e3;
	}

	private void arrive() {
		long now = Rig.CLOCK.nanoTime();
		try {
			this.begun.put(now);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@JobHandler("mail")
	void begin(Mail mail) {
		arrive();
	}

}
