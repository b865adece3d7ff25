package dev.q.test.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.q.admin.BulkAction;
import dev.q.admin.BulkReport;
import dev.q.admin.BulkRequest;
import dev.q.admin.JobAdmin;
import dev.q.admin.JobFilter;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.InsertGroup;
import dev.q.test.JobDraft;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What acts on many jobs cost the server: by its own count of commands.
 */
class RedisWalkTests {

	/** So many jobs one step of a look shows, and some more. */
	private static final int STEP = 500;

	private final RedisProcess server = RedisServers.start();

	private RedisStoreFixture fixture;

	@BeforeEach
	void open() {
		this.fixture = new RedisStoreFixture(RedisTarget.standalone(this.server.server()));
	}

	@AfterEach
	void close() {
		this.fixture.close();
		this.server.close();
	}

	@Test
	void anActOnTwiceAsManyJobsTakesTwiceAsManyLooks() {
		for (int jobs = 2000; jobs <= 4000; jobs += 2000) {
			insert(2000);

			assertThat(looksOf(BulkAction.cancel("drill"), jobs)).isLessThanOrEqualTo(2 * jobs / STEP);
			assertThat(looksOf(BulkAction.retry(), jobs)).isLessThanOrEqualTo(2 * jobs / STEP);
		}
	}

	@Test
	void aDryRunLooksAsTheActDoes() {
		insert(2000);
		BulkRequest request = BulkRequest.of(BulkAction.cancel("drill"), JobFilter.ALL);
		resetCounts();
		BulkReport counted = admin().dryRun(request);
		long looks = calls("hscan");
		resetCounts();

		assertThat(admin().run(request)).isEqualTo(new BulkReport(counted.looked(), counted.matched(), 2000, null));
		assertThat(calls("hscan")).isEqualTo(looks);
	}

	@Test
	void fewJobsInTheStatesThatAreMeantAreFetchedWithoutTheOthers() {
		List<JobId> ids = insert(2000);
		List<JobId> few = ids.subList(500, 530);
		admin().cancel(few, "drill");
		resetCounts();

		assertThat(admin().search(JobFilter.ALL.in(JobState.CANCELLED), 10, null).items()).extracting(Job::id)
			.isEqualTo(few.subList(0, 10));
		assertThat(jobsFetched()).isEqualTo(11);
		resetCounts();
		assertThat(admin().dryRun(BulkRequest.of(BulkAction.retry(), JobFilter.ALL)).matched()).isEqualTo(30);
		assertThat(jobsFetched()).isEqualTo(30);
	}

	private long looksOf(BulkAction action, int changed) {
		resetCounts();
		assertThat(admin().run(BulkRequest.of(action, JobFilter.ALL)).changed()).isEqualTo(changed);
		return calls("hscan");
	}

	/** The end of its lease is asked for with each job that is fetched. */
	private long jobsFetched() {
		return calls("zscore");
	}

	private void resetCounts() {
		this.server.command("CONFIG", "RESETSTAT");
	}

	private long calls(String command) {
		Map<String, String> counts = this.server.server().info("commandstats");
		String line = counts.getOrDefault("cmdstat_" + command, "calls=0,");
		return Long.parseLong(line.substring("calls=".length(), line.indexOf(',')));
	}

	private JobAdmin admin() {
		return new JobAdmin(this.fixture.store());
	}

	private List<JobId> insert(int count) {
		List<JobId> ids = new ArrayList<>();
		for (int i = 0; i < count; i += STEP) {
			List<JobDraft> drafts = Stream.generate(JobDraft::aJob).limit(STEP).toList();
			InsertGroup group = InsertGroup.of(drafts.stream().map(JobDraft::toNewJob).toList());
			this.fixture.store().work().insert(List.of(group));
			drafts.forEach((draft) -> ids.add(draft.id()));
		}
		return ids;
	}

}
