package dev.q.test.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.NewJob;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.store.ClaimedJob;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.QueueStats;
import dev.q.store.Retention;
import dev.q.test.Careers;
import dev.q.test.HandWorker;
import dev.q.test.InvariantSweep;
import dev.q.test.JobDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A theme of the contract: an empty store for each test, and short words for what tests
 * do with it.
 *
 * @since 0.1
 */
public abstract class Theme {

	/** A millisecond: the smallest step of a store's clock. */
	static final Duration TICK = Duration.ofMillis(1);

	/** How long the claims of {@link #worker} hold. */
	static final Duration LEASE = HandWorker.LEASE;

	static final QueueName DEFAULT = QueueName.DEFAULT;

	static final QueueName MAIL = new QueueName("mail");

	static final QueueName REPORTS = new QueueName("reports");

	/** More than any test stores. */
	static final int ALL = 100_000;

	private StoreFixture fixture;

	/**
	 * Makes an empty store for one test.
	 * @return the store and its clock
	 */
	protected abstract StoreFixture open();

	static JobDraft aJob() {
		return JobDraft.aJob();
	}

	static Payload payload(String text) {
		return JobDraft.payload(text);
	}

	static Duration seconds(long count) {
		return Duration.ofSeconds(count);
	}

	static Duration minutes(long count) {
		return Duration.ofMinutes(count);
	}

	static Duration hours(long count) {
		return Duration.ofHours(count);
	}

	static Duration days(long count) {
		return Duration.ofDays(count);
	}

	@BeforeEach
	void openTheStore() {
		this.fixture = open();
	}

	@AfterEach
	void closeTheStore() {
		try (StoreFixture ending = this.fixture) {
			assertThat(ending).isNotNull();
			checkInvariants();
		}
	}

	/** The store must agree with itself, after each test and whenever a test wants. */
	void checkInvariants() {
		new InvariantSweep(store(), now()).check();
	}

	JobStore store() {
		return this.fixture.store();
	}

	/** The store as a second node sees it. */
	JobStore secondNode() {
		return this.fixture.reopen();
	}

	Instant now() {
		return this.fixture.now();
	}

	void pass(Duration span) {
		this.fixture.advance(span);
	}

	/** Makes the leases of {@link #worker} run out. */
	void passLease() {
		pass(LEASE);
	}

	HandWorker worker() {
		return worker("worker-1");
	}

	HandWorker worker(String name) {
		return HandWorker.of(store(), name);
	}

	/** Stores a job, which must be taken. */
	JobId insert(JobDraft draft) {
		InsertAnswer.Entry entry = enter(draft);
		assertThat(entry).isEqualTo(new InsertAnswer.Entry(draft.id(), true));
		return entry.id();
	}

	/** Stores jobs one after the other. */
	List<JobId> insert(JobDraft... drafts) {
		return Arrays.stream(drafts).map(this::insert).toList();
	}

	/** Stores ordinary jobs in one group. */
	List<JobId> insertMany(int count) {
		return insertGroup(Stream.generate(Theme::aJob).limit(count).toList());
	}

	/** Stores jobs of one queue in one group, all of which must be taken. */
	List<JobId> insertGroup(List<JobDraft> drafts) {
		InsertAnswer answer = store().work().insert(List.of(group(0, drafts))).get(0);
		List<JobId> ids = drafts.stream().map(JobDraft::id).toList();
		assertThat(answer)
			.isEqualTo(new InsertAnswer.Accepted(ids.stream().map((id) -> new InsertAnswer.Entry(id, true)).toList()));
		return ids;
	}

	/** Offers a job whose queue must accept it, whether it is stored or not. */
	InsertAnswer.Entry enter(JobDraft draft) {
		InsertAnswer answer = offer(0, draft);
		assertThat(answer).isInstanceOf(InsertAnswer.Accepted.class);
		return ((InsertAnswer.Accepted) answer).jobs().get(0);
	}

	/** Offers jobs of one queue as a group. */
	InsertAnswer offer(int maxLength, JobDraft... drafts) {
		return store().work().insert(List.of(group(maxLength, Arrays.asList(drafts)))).get(0);
	}

	static InsertGroup group(int maxLength, List<JobDraft> drafts) {
		List<NewJob> jobs = drafts.stream().map(JobDraft::toNewJob).toList();
		return new InsertGroup(jobs.get(0).spec().queue(), jobs, maxLength);
	}

	/** Stores a job and claims it; there must be no other. */
	ClaimedJob running(JobDraft draft) {
		JobId id = insert(draft);
		var claimed = worker().on(draft.spec().queue()).claimOne();
		assertThat(claimed.job().id()).isEqualTo(id);
		return claimed;
	}

	/**
	 * Stores a job and brings it into a state; no other job of its queue may be ready.
	 */
	void bring(JobDraft draft, JobState state) {
		new Careers(store(), this::pass).bring(draft, state);
	}

	/** Stores a job, claims it and takes its lease away. */
	ClaimedJob lose(JobDraft draft, Careers.Loss loss) {
		return new Careers(store(), this::pass).lose(draft, loss);
	}

	boolean isKnown(JobId id) {
		return !store().catalog().find(List.of(id)).isEmpty();
	}

	JobDetails details(JobId id) {
		List<JobDetails> found = store().catalog().find(List.of(id));
		assertThat(found).as("job %s", id).hasSize(1);
		return found.get(0);
	}

	Job job(JobId id) {
		return details(id).job();
	}

	JobState state(JobId id) {
		return job(id).state();
	}

	QueueStats stats(QueueName queue) {
		return store().catalog()
			.queues()
			.stream()
			.filter((stats) -> stats.queue().equals(queue))
			.findFirst()
			.orElseThrow(() -> new AssertionError("There is no queue " + queue));
	}

	List<Job> all() {
		return store().catalog().search(JobCatalog.Query.ALL, ALL, null).items();
	}

	int promote() {
		return store().maintenance().promoteDue(ALL);
	}

	List<Job> recover() {
		return store().maintenance().recoverExpired(ALL);
	}

	List<Job> expire() {
		return store().maintenance().expire(ALL);
	}

	int purge(Retention retention) {
		return store().maintenance().purge(retention, ALL);
	}

}
