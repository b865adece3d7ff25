package dev.q.store.jdbc.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection on which this process hears notifications. It mends itself; as long
 * as it is broken, workers look now and then.
 *
 * @since 0.1
 */
public final class Wire implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(Wire.class);

	private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

	private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(5);

	/** How long to listen before the connection is looked at. */
	private static final int LISTENING = 10_000;

	private static final int PROOF_TIMEOUT = 5;

	private final DataSource source;

	private final String channel;

	private final Hearer hearer;

	/** Guards the fields below. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private @Nullable Thread thread;

	private @Nullable Connection connection;

	private State state = State.NEW;

	/**
	 * Makes a wire that is not connected yet.
	 * @param source gives the connection
	 * @param channel what to listen to
	 * @param hearer is told what was heard
	 */
	public Wire(DataSource source, String channel, Hearer hearer) {
		this.source = source;
		this.channel = channel;
		this.hearer = hearer;
	}

	/**
	 * Connects, unless that was tried before, and waits for the end of the first try.
	 */
	public void connect() {
		this.lock.lock();
		try {
			startOnce();
			while (this.state == State.CONNECTING) {
				this.changed.await();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Begins to connect, unless that was tried before.
	 */
	public void start() {
		this.lock.lock();
		try {
			startOnce();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void startOnce() {
		if (this.state == State.NEW) {
			this.state = State.CONNECTING;
			Thread started = new Thread(this, "q-postgres-listener");
			started.setDaemon(true);
			started.start();
			this.thread = started;
		}
	}

	@Override
	public void run() {
		long pause = FIRST_PAUSE;
		while (become(State.CONNECTING, State.CONNECTING)) {
			try (Connection opened = this.source.getConnection()) {
				listen(opened);
				pause = FIRST_PAUSE;
				// Before anybody waits by this wire, who would be told for nothing.
				this.hearer.lookAnew();
				become(State.CONNECTING, State.LISTENING);
				hear(opened);
			}
			catch (SQLException | RuntimeException ex) {
				// Pools that cannot start throw others than SQL exceptions.
				if (!noteLoss(ex)) {
					return;
				}
			}
			if (!rest(pause)) {
				return;
			}
			pause = Math.min(2 * pause, LONGEST_PAUSE);
		}
	}

	private void listen(Connection opened) throws SQLException {
		opened.setAutoCommit(true);
		try (Statement statement = opened.createStatement()) {
			statement.execute("listen \"" + this.channel + "\"");
		}
		this.lock.lock();
		try {
			this.connection = opened;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void hear(Connection opened) throws SQLException {
		PGConnection heard = opened.unwrap(PGConnection.class);
		while (isOpen()) {
			PGNotification[] notifications = heard.getNotifications(LISTENING);
			if (notifications == null || notifications.length == 0) {
				requireValid(opened);
			}
			else {
				for (PGNotification notification : notifications) {
					accept(notification.getParameter());
				}
			}
		}
	}

	/** Whoever may connect may notify anything. */
	private void accept(String message) {
		try {
			this.hearer.hear(message);
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException ex) {
			logger.debug("A notification on channel {} says nothing to Q, and is passed over", this.channel, ex);
		}
	}

	private static void requireValid(Connection opened) throws SQLException {
		if (!opened.isValid(PROOF_TIMEOUT)) {
			throw new SQLException("The connection is broken");
		}
	}

	private boolean noteLoss(Exception failure) {
		boolean wasListening = become(State.LISTENING, State.BROKEN);
		if (wasListening) {
			logger
				.warn("Notifications of PostgreSQL are not heard any more: {}. Workers look now and then until they are"
						+ " heard again", failure.getMessage());
		}
		else if (become(State.CONNECTING, State.BROKEN)) {
			logger.debug("Notifications of PostgreSQL cannot be heard", failure);
		}
		return isOpen();
	}

	private boolean rest(long nanos) {
		this.lock.lock();
		try {
			long left = nanos;
			while (left > 0 && this.state != State.CLOSED) {
				left = this.changed.awaitNanos(left);
			}
			if (this.state != State.CLOSED) {
				this.state = State.CONNECTING;
			}
			return this.state != State.CLOSED;
		}
		catch (InterruptedException ex) {
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean become(State from, State to) {
		this.lock.lock();
		try {
			boolean isFrom = this.state == from;
			if (isFrom) {
				this.state = to;
				this.changed.signalAll();
			}
			return isFrom;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isOpen() {
		this.lock.lock();
		try {
			return this.state != State.CLOSED;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Ends the connection, and hears nothing from then on.
	 */
	public void close() {
		Connection open;
		this.lock.lock();
		try {
			this.state = State.CLOSED;
			this.changed.signalAll();
			open = this.connection;
			if (this.thread != null) {
				this.thread.interrupt();
			}
		}
		finally {
			this.lock.unlock();
		}
		end(open);
	}

	/** A closed connection goes back to its pool, where it would go on listening. */
	private static void end(@Nullable Connection open) {
		if (open != null) {
			try {
				open.abort(Runnable::run);
			}
			catch (SQLException ex) {
				logger.debug("The connection for notifications could not be ended", ex);
			}
		}
	}

	/**
	 * Is told what was heard, on a thread of the wire.
	 */
	public interface Hearer {

		/**
		 * Tells what came.
		 * @param message one notification; whoever may connect may have sent it
		 */
		void hear(String message);

		/**
		 * The wire is whole, for the first time or again: something may have been missed.
		 */
		void lookAnew();

	}

	/**
	 * How the wire fares.
	 */
	private enum State {

		NEW, CONNECTING, LISTENING, BROKEN, CLOSED

	}

}
