package dev.q.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.job.history.AttemptRecord;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.ClusterStore;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.JobCatalog;
import dev.q.store.JobControl;
import dev.q.store.JobStore;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.store.MaintenanceStore;
import dev.q.store.QueueStats;
import dev.q.store.Retention;
import dev.q.store.ScheduleStore;
import dev.q.store.Settlement;
import dev.q.store.StoreCapability;
import dev.q.store.TransactionStore;
import dev.q.store.WorkStore;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what it is asked, and answers what it is told to: by default that all is
 * stored. It holds no jobs. Many threads may ask at once.
 */
final class RecordingStore implements JobStore, WorkStore, JobCatalog {

	private final Set<StoreCapability> capabilities;

	private final List<List<InsertGroup>> inserts = Collections.synchronizedList(new ArrayList<>());

	private final List<String> lookups = new ArrayList<>();

	private final Queue<Function<InsertGroup, InsertAnswer>> answers = new ConcurrentLinkedQueue<>();

	private volatile Function<InsertGroup, InsertAnswer> usual = RecordingStore::stored;

	private volatile boolean answersTooLittle;

	private final JoinedTransaction joined = new JoinedTransaction(this::answer);

	RecordingStore(StoreCapability... capabilities) {
		this.capabilities = EnumSet.noneOf(StoreCapability.class);
		this.capabilities.addAll(Arrays.asList(capabilities));
	}

	static InsertAnswer stored(InsertGroup group) {
		return new InsertAnswer.Accepted(
				group.jobs().stream().map((job) -> new InsertAnswer.Entry(job.id(), true)).toList());
	}

	/** What becomes of the next group; later ones are stored again. */
	void answerNext(Function<InsertGroup, InsertAnswer> answer) {
		this.answers.add(answer);
	}

	/** What becomes of all groups for which nothing else is planned. */
	void answerAlways(Function<InsertGroup, InsertAnswer> answer) {
		this.usual = answer;
	}

	/** From now on the last group of each call gets no answer. */
	void answerTooLittle() {
		this.answersTooLittle = true;
	}

	/** Those so far: others may insert while a test looks at them. */
	List<List<InsertGroup>> inserts() {
		return List.copyOf(this.inserts);
	}

	List<InsertGroup> groups() {
		return inserts().stream().flatMap(List::stream).toList();
	}

	/** The type of the first job of each group, call by call. */
	List<String> types() {
		return inserts().stream()
			.map((groups) -> String.join(" ",
					groups.stream().map((group) -> group.jobs().get(0).spec().type().value()).toList()))
			.toList();
	}

	NewJob job() {
		assertOne();
		return groups().get(0).jobs().get(0);
	}

	List<String> lookups() {
		return this.lookups;
	}

	private void assertOne() {
		if (groups().size() != 1 || groups().get(0).jobs().size() != 1) {
			throw new AssertionError("One job should have been stored, but there are groups " + groups().size());
		}
	}

	@Override
	public List<InsertAnswer> insert(List<InsertGroup> groups) {
		this.inserts.add(groups);
		int answered = this.answersTooLittle ? groups.size() - 1 : groups.size();
		return groups.subList(0, answered).stream().map(this::answer).toList();
	}

	private InsertAnswer answer(InsertGroup group) {
		Function<InsertGroup, InsertAnswer> planned = this.answers.poll();
		return (planned != null) ? planned.apply(group) : this.usual.apply(group);
	}

	@Override
	public List<JobDetails> find(Collection<JobId> ids) {
		this.lookups.add("all queues: " + ids);
		return List.of();
	}

	@Override
	public List<JobDetails> find(QueueName queue, Collection<JobId> ids) {
		this.lookups.add(queue + ": " + ids);
		return List.of();
	}

	@Override
	public String name() {
		return "recording";
	}

	@Override
	public Set<StoreCapability> capabilities() {
		return this.capabilities;
	}

	@Override
	public WorkStore work() {
		return this;
	}

	@Override
	public JobCatalog catalog() {
		return this;
	}

	/** What happens in transactions, if this store joins them. */
	JoinedTransaction joined() {
		return this.joined;
	}

	@Override
	public Optional<TransactionStore> transaction() {
		return this.capabilities.contains(StoreCapability.TRANSACTIONAL_ENQUEUE) ? Optional.of(this.joined)
				: Optional.empty();
	}

	@Override
	public MaintenanceStore maintenance() {
		throw notAsked();
	}

	@Override
	public ScheduleStore schedules() {
		throw notAsked();
	}

	@Override
	public ClusterStore cluster() {
		throw notAsked();
	}

	@Override
	public JobControl control() {
		throw notAsked();
	}

	@Override
	public ClaimAnswer claim(ClaimRequest request) {
		throw notAsked();
	}

	@Override
	public List<LeaseAnswer> renew(List<Lease> leases) {
		throw notAsked();
	}

	@Override
	public List<LeaseAnswer> settle(List<Settlement> settlements, Retention retention) {
		throw notAsked();
	}

	@Override
	public List<AttemptRecord> attempts(QueueName queue, JobId id) {
		throw notAsked();
	}

	@Override
	public Page<Job> search(Query query, int limit, @Nullable String cursor) {
		throw notAsked();
	}

	@Override
	public List<Job> peek(QueueName queue, int limit, End end) {
		throw notAsked();
	}

	@Override
	public Optional<Standing> standing(QueueName queue, JobId id, int most) {
		throw notAsked();
	}

	@Override
	public List<QueueStats> queues() {
		throw notAsked();
	}

	@Override
	public void close() {
		throw notAsked();
	}

	private static AssertionError notAsked() {
		return new AssertionError("A client has no reason to ask this");
	}

}
