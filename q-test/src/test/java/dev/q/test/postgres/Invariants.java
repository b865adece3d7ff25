package dev.q.test.postgres;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the tables of a store say of each other, whatever was done.
 */
final class Invariants {

	/** Each query finds what must not be. */
	private static final Map<String, String> FAULTS = faults();

	private final JdbcTemplate jdbc;

	private final String schema;

	Invariants(PostgresStoreFixture fixture) {
		this(fixture.jdbc(), fixture.schema());
	}

	Invariants(JdbcTemplate jdbc, String schema) {
		this.jdbc = jdbc;
		this.schema = schema;
	}

	private static Map<String, String> faults() {
		Map<String, String> faults = new LinkedHashMap<>();
		faults.put("leased jobs that no claim in the ledger is looked at for in time",
				"""
						select j.id from @.q_job j where j.token is not null and not exists (select from @.q_lease l
							where l.token = j.token and j.id = any (l.ids)
								and l.until_ms <= case when j.lease_until > @.q_now() then j.lease_until else @.q_now() + 200 end)""");
		faults.put("jobs with half of a lease",
				"""
						select j.id from @.q_job j where num_nulls(j.token, j.lease_until, j.lease_ms, j.worker) not in (0, 4)""");
		faults.put("jobs in lanes that claims do not know", """
				select j.id from @.q_job j where j.lane < 20 and not exists (
					select from @.q_lane l where l.queue = j.queue and l.lane = j.lane)""");
		faults.put("jobs in lanes of another priority", """
				select j.id from @.q_job j where j.lane < 20 and j.lane not in (2 * j.prio, 2 * j.prio + 1)""");
		faults.put("waiting jobs that do not stand at their time", """
				select j.id from @.q_job j where j.lane = 20 and (j.pos <> j.run_ms or j.token is not null)""");
		faults.put("ready jobs at the same place", """
				select min(j.id::text) from @.q_job j where j.lane < 20 group by j.pos having count(*) > 1""");
		faults.put("jobs that have ended and not ended", """
				select j.id from @.q_job j join @.q_finished f on f.id = j.id and f.queue = j.queue""");
		faults.put("attempts without their job", """
				select a.id from @.q_attempt a
					where not exists (select from @.q_job j where j.id = a.id and j.queue = a.queue)
						and not exists (select from @.q_finished f where f.id = a.id and f.queue = a.queue)""");
		faults.put("jobs with too many attempts", """
				select a.id from @.q_attempt a group by a.id, a.queue having count(*) > 20""");
		addKeys(faults);
		return faults;
	}

	private static void addKeys(Map<String, String> faults) {
		faults.put("living jobs without their unique key", """
				select j.id from @.q_job j where j.uniq is not null and not exists (
					select from @.q_unique u where u.queue = j.queue and u.key = j.uniq
						and case when j.lane = 21 then u.next_id else u.job_id end = j.id)
					and coalesce(j.options !~ '(?n)^scope=WINDOW', true)
					and (coalesce(j.options !~ '(?n)^scope=PENDING', true) or j.deliveries = 0)""");
		faults.put("unique keys without their living job",
				"""
						select u.job_id from @.q_unique u where u.scope <> 3 and not exists (
								select from @.q_job j where j.queue = u.queue and j.uniq = u.key and j.id = u.job_id and j.lane <= 20)
							and (u.scope <> 2 or not exists (
								select from @.q_finished f where f.queue = u.queue and f.uniq = u.key and f.id = u.job_id and f.state = 6))""");
	}

	void check() {
		FAULTS.forEach((fault, query) -> {
			List<String> found = this.jdbc.queryForList(query.replace("@", this.schema), String.class);
			assertThat(found).as(fault).isEmpty();
		});
	}

}
