package dev.q.boot.postgres;

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.JobOutcome;
import dev.q.JobTemplate;
import dev.q.store.JobStore;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/**
 * Handlers that write, in transactions.
 */
class TransactionalHandlers {

	/** Long enough for a worker that stalls to renew it in time. */
	static final Duration LEASE = Duration.ofSeconds(5);

	/** For two leases, and a little. */
	private static final String STAY = "select pg_sleep(11)";

	private final JdbcTemplate jdbc;

	private final JobTemplate jobs;

	private final JobStore store;

	private final TransactionalNotes notes;

	private final DataSource source;

	TransactionalHandlers(JdbcTemplate jdbc, JobTemplate jobs, JobStore store, TransactionalNotes notes,
			DataSource source) {
		this.jdbc = jdbc;
		this.jobs = jobs;
		this.store = store;
		this.notes = notes;
		this.source = source;
	}

	@JobHandler(value = "write", transactional = true)
	void write(String what) {
		Database.write(this.jdbc, what);
	}

	@JobHandler(value = "write-and-fail-twice", transactional = true)
	void writeAndFail(String what, JobContext context) throws Exception {
		Database.write(this.jdbc, what + "-" + context.attempt());
		if (context.attempt() < 3) {
			throw new Exception("drill");
		}
	}

	@JobHandler(value = "write-then-lose", transactional = true)
	void writeThenLose(String what, JobContext context) {
		Database.write(this.jdbc, what);
		this.store.control().cancel(List.of(context.id()), "drill");
	}

	@JobHandler(value = "break-commit-once", transactional = true)
	void breakCommit(String what, JobContext context) {
		Database.write(this.jdbc, what + "-" + context.attempt());
		this.jdbc.update("insert into strict values (1)");
		if (context.attempt() == 1) {
			this.jdbc.update("insert into strict values (1)");
		}
	}

	@JobHandler(value = "write-and-lose-answer", transactional = true)
	void writeAndLoseAnswer(String what) {
		Database.write(this.jdbc, what);
		((LossyCommits) this.source).lose(LossyCommits.Loss.OF_ANSWER);
	}

	@Transactional
	@JobHandler(value = "annotated", transactional = true)
	void annotated(String what, JobContext context) {
		this.notes.writeApart(what + "-apart-" + context.attempt());
		this.notes.write(what + "-joined-" + context.attempt());
		if (context.attempt() == 1) {
			throw new IllegalStateException("drill");
		}
	}

	@JobHandler(value = "swallow-once", transactional = true)
	void swallow(String what, JobContext context) {
		Database.write(this.jdbc, what + "-" + context.attempt());
		if (context.attempt() == 1) {
			try {
				this.notes.fail(what);
			}
			catch (IllegalStateException ex) {
				// as handlers do
			}
		}
	}

	@JobHandler(value = "parent", transactional = true)
	void parent(JobContext context) {
		this.jobs.enqueue("write", "child");
		if (context.attempt() == 1) {
			throw new IllegalStateException("drill");
		}
	}

	@JobHandler(value = "write-and-snooze", transactional = true)
	JobOutcome snooze(String what) {
		Database.write(this.jdbc, what);
		return JobOutcome.snooze(Duration.ofHours(1));
	}

	@Transactional
	@JobHandler("complete-and-stay")
	void completeAndStay(String what, JobContext context) {
		Database.write(this.jdbc, what);
		context.completeInCurrentTransaction();
		this.jdbc.queryForList(STAY);
	}

	@JobHandler("stay")
	void stay() {
		this.jdbc.queryForList(STAY);
	}

}
