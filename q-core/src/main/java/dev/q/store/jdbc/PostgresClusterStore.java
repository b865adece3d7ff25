package dev.q.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import dev.q.job.Millis;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.store.ClusterStore;
import dev.q.store.WorkerInfo;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.layout.JobRow;

/**
 * The register of workers in PostgreSQL.
 */
final class PostgresClusterStore implements ClusterStore {

	private final Database database;

	PostgresClusterStore(Database database) {
		this.database = database;
	}

	@Override
	public void announce(WorkerInfo worker, Duration timeToLive) {
		Args args = new Args().text(worker.id().value())
			.text(JobRow.line(worker.host()))
			.text(worker.startedAt().toString())
			.text(worker.state().name())
			.texts(worker.queues())
			.texts(worker.exclusive())
			.number(worker.slots())
			.number(worker.running())
			.number(Millis.of(timeToLive));
		this.database.call("q_announce_v1", args, (row) -> true);
	}

	@Override
	public void withdraw(WorkerId worker) {
		this.database.call("q_withdraw_v1", new Args().text(worker.value()), (row) -> true);
	}

	@Override
	public List<WorkerInfo> workers() {
		return this.database.call("q_workers_v1", new Args(), PostgresClusterStore::read);
	}

	private static WorkerInfo read(ResultSet row) throws SQLException {
		return new WorkerInfo(new WorkerId(row.getString("id")), JobRow.read(row.getString("host")),
				Instant.parse(row.getString("started")), WorkerInfo.State.valueOf(row.getString("state")),
				queues(row, "queues"), Set.copyOf(queues(row, "exclusive")), row.getInt("slots"),
				row.getInt("running"));
	}

	private static List<QueueName> queues(ResultSet row, String column) throws SQLException {
		return Arrays.stream((String[]) row.getArray(column).getArray()).map(QueueName::new).toList();
	}

}
