package dev.q.sample.orders;

import dev.q.JobHandler;
import dev.q.JobReceipt;
import dev.q.JobTemplate;

import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Places orders. Each has a job that confirms it.
 *
 * @since 0.1
 */
@Component
@Profile("postgres")
public class Orders {

	private final JdbcTemplate jdbc;

	private final JobTemplate jobs;

	Orders(JdbcTemplate jdbc, JobTemplate jobs) {
		this.jdbc = jdbc;
		this.jobs = jobs;
	}

	/**
	 * Makes the table unless it is there.
	 */
	public void prepare() {
		this.jdbc
			.execute("create table if not exists sample_order (name text primary key, confirmed boolean not null)");
	}

	/**
	 * Writes an order and its job.
	 * @param name name of the order
	 * @return the receipt of the job
	 */
	@Transactional
	public JobReceipt place(String name) {
		this.jdbc.update("insert into sample_order values (?, false)", name);
		return this.jobs.enqueue("confirm-order", name);
	}

	/**
	 * Whether there is an order of this name.
	 * @param name the name
	 * @return true if it is there
	 */
	public boolean isPlaced(String name) {
		return !this.jdbc.queryForList("select 1 from sample_order where name = ?", name).isEmpty();
	}

	@JobHandler("confirm-order")
	void confirm(String name) {
		this.jdbc.update("update sample_order set confirmed = true where name = ?", name);
	}

}
