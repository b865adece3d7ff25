package dev.q.store.ends;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.q.job.DeadReason;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.Outcome;
import dev.q.job.QueueName;
import dev.q.ports.SystemClock;
import dev.q.store.LeaseAnswer;
import dev.q.store.Settlement;
import dev.q.store.StoreListener.Ended;
import dev.q.store.StoreListener.Ends;
import dev.q.store.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs whose end somebody waits for, here or in another process, and who is told of
 * it here. Safe for use by many threads; nothing in it waits for anybody.
 *
 * @since 0.1
 */
public final class AwaitedJobs {

	private static final Logger logger = LoggerFactory.getLogger(AwaitedJobs.class);

	private final String self = Long.toHexString(new SecureRandom().nextLong());

	private final Consumer<String> others;

	private final List<Ear> ears = new CopyOnWriteArrayList<>();

	private final ExpectedEnds expected;

	private volatile boolean isDeaf = true;

	/**
	 * Makes the list of one process.
	 * @param others sends a message to all other processes, soon and without waiting;
	 * messages may be lost
	 */
	public AwaitedJobs(Consumer<String> others) {
		this(others, new ExpectedEnds(new SystemClock()));
	}

	AwaitedJobs(Consumer<String> others, ExpectedEnds expected) {
		this.others = others;
		this.expected = expected;
	}

	/**
	 * Says that somebody here waits for jobs.
	 * @param ids which
	 */
	public void expect(Collection<JobId> ids) {
		this.expected.add(ids, false);
		EndMessage.awaited(this.self, ids).forEach(this.others);
	}

	/**
	 * Listens to ends.
	 * @param listener is told
	 * @return ends it
	 */
	public Subscription listen(Ends listener) {
		Ear ear = new Ear(listener, new AtomicBoolean());
		this.ears.add(ear);
		return () -> this.ears.remove(ear);
	}

	/**
	 * From now on this process hears what others say.
	 */
	public void hearOthers() {
		this.isDeaf = false;
	}

	/**
	 * Whether a message of another process is for this.
	 * @param message what was heard
	 * @return true if {@link #hear} should be told
	 */
	public static boolean isMeant(String message) {
		return EndMessage.isOne(message);
	}

	/**
	 * Takes what another process said.
	 * @param message what was heard; whoever can reach the server may have said it
	 * @throws IllegalArgumentException if it says nothing
	 * @throws IndexOutOfBoundsException if it is cut off
	 */
	public void hear(String message) {
		EndMessage.Heard heard = EndMessage.read(message);
		EndMessage.How how = heard.how();
		if (heard.sender().equals(this.self)) {
			return;
		}
		if (how == null) {
			this.expected.add(heard.ids(), true);
		}
		else {
			this.expected.take(heard.ids());
			heard.ids().forEach((id) -> tellHere(how, id, false));
		}
	}

	/**
	 * Others are heard for the first time, or again.
	 */
	public void lookAnew() {
		this.ears.forEach((ear) -> ear.tell(Ends::lookAnew));
	}

	/**
	 * Tells of settlements that ended jobs. To be called after their commit.
	 * @param settlements what became of attempts
	 * @param answers what the store said, in the order of the settlements
	 */
	public void settled(List<Settlement> settlements, List<LeaseAnswer> answers) {
		if (this.expected.isEmpty()) {
			return;
		}
		Map<EndMessage.How, List<JobId>> ends = new LinkedHashMap<>();
		for (int i = 0; i < settlements.size(); i++) {
			Settlement settlement = settlements.get(i);
			JobState state = stateAfter(settlement.outcome());
			if (state != null && answers.get(i) == LeaseAnswer.APPLIED) {
				DeadReason reason = (settlement.outcome() instanceof Outcome.Dead dead) ? dead.reason() : null;
				note(ends, new EndMessage.How(settlement.lease().queue(), state, reason), settlement.lease().job());
			}
		}
		ends.forEach((how, ids) -> tell(how, ids, false));
	}

	private static @Nullable JobState stateAfter(Outcome outcome) {
		if (outcome instanceof Outcome.Succeeded) {
			return JobState.SUCCEEDED;
		}
		if (outcome instanceof Outcome.Dead) {
			return JobState.DEAD;
		}
		return (outcome instanceof Outcome.Cancelled) ? JobState.CANCELLED : null;
	}

	private static void note(Map<EndMessage.How, List<JobId>> ends, EndMessage.How how, JobId id) {
		ends.computeIfAbsent(how, (key) -> new ArrayList<>()).add(id);
	}

	/**
	 * Tells of jobs that the maintenance has ended. Others may be among them.
	 * @param jobs as they are now
	 */
	public void maintained(Collection<Job> jobs) {
		if (this.expected.isEmpty()) {
			return;
		}
		Map<EndMessage.How, List<JobId>> ends = new LinkedHashMap<>();
		for (Job job : jobs) {
			if (job.state().isTerminal()) {
				DeadReason lost = job.mayStartOnce() ? DeadReason.LOST : DeadReason.CRASHED;
				DeadReason reason = (job.state() == JobState.DEAD) ? lost : null;
				note(ends, new EndMessage.How(job.spec().queue(), job.state(), reason), job.id());
			}
		}
		ends.forEach((how, ids) -> tell(how, ids, false));
	}

	/**
	 * Tells of jobs that were ended by hand. That is seldom, so it is told also by a
	 * process that does not hear who waits.
	 * @param queue their queue
	 * @param state their state, or null if they were deleted
	 * @param ids which jobs
	 */
	public void intervened(QueueName queue, @Nullable JobState state, Collection<JobId> ids) {
		if (this.isDeaf || !this.expected.isEmpty()) {
			tell(new EndMessage.How(queue, state, null), ids, this.isDeaf);
		}
	}

	private void tell(EndMessage.How how, Collection<JobId> ids, boolean toAll) {
		Map<JobId, Boolean> known = this.expected.take(ids);
		Collection<JobId> elsewhere = toAll ? ids
				: known.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).toList();
		EndMessage.ended(this.self, how, elsewhere).forEach(this.others);
		known.keySet().forEach((id) -> tellHere(how, id, true));
	}

	private void tellHere(EndMessage.How how, JobId id, boolean isHere) {
		Ended end = new Ended(how.queue(), id, how.state(), how.reason(), isHere);
		this.ears.forEach((ear) -> ear.tell((listener) -> listener.ended(end)));
	}

	/**
	 * One who listens. If he throws, nobody else is disturbed: he is named in the log the
	 * first time, and told again the next time.
	 */
	private record Ear(Ends listener, AtomicBoolean hasThrown) {

		void tell(Consumer<Ends> news) {
			try {
				news.accept(this.listener);
			}
			catch (RuntimeException ex) {
				if (this.hasThrown.compareAndSet(false, true)) {
					logger.warn(
							"A listener to the ends of jobs threw. The store goes on, and logs no further one of it",
							ex);
				}
			}
		}

	}

}
