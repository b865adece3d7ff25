package dev.q.test.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.job.QueueName;
import dev.q.store.JobCatalog;
import dev.q.store.JobStore;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;
import dev.q.store.Retention;
import dev.q.test.JobDraft;
import dev.q.test.Race;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which queues are listed: a queue that is empty and idle leaves the list, and comes back
 * with its next job.
 *
 * @since 0.1
 */
public abstract class ListingContract extends Theme {

	private static final Duration LONG = JobCatalog.LISTED_WHEN_EMPTY;

	@Test
	void aQueueThatIsEmptyForLongLeavesTheList() {
		emptied(MAIL);
		assertThat(listed()).containsExactly(MAIL);
		pass(LONG.minus(TICK));
		look();
		assertThat(listed()).containsExactly(MAIL);
		pass(TICK);

		assertThat(listed()).isEmpty();
		look();
		assertThat(listed()).isEmpty();
		assertThat(listed(secondNode())).isEmpty();
	}

	@Test
	void othersStay() {
		emptied(MAIL);
		insert(aJob().in(REPORTS));
		pass(LONG);

		assertThat(listed()).containsExactly(REPORTS);
	}

	@Test
	void itIsListedAgainTheMomentItHasAJob() {
		emptied(MAIL);
		pass(LONG);
		JobId id = insert(aJob().in(MAIL));

		assertThat(listed()).containsExactly(MAIL);
		assertThat(stats(MAIL).count(JobState.READY)).isOne();
		look();
		pass(LONG);
		assertThat(listed()).containsExactly(MAIL);
		store().control().delete(List.of(id));
		look();
		pass(LONG.minus(TICK));
		assertThat(listed()).as("its time begins anew").containsExactly(MAIL);
		pass(TICK);
		assertThat(listed()).isEmpty();
	}

	@Test
	void jobsThatHaveEndedKeepItListedAsLongAsTheyAreKept() {
		worker().on(MAIL).succeed(running(aJob().in(MAIL)));
		look();
		pass(Retention.DEFAULT.succeeded().minus(TICK));
		look();
		assertThat(listed()).containsExactly(MAIL);
		pass(TICK);
		look();
		pass(LONG);

		assertThat(listed()).isEmpty();
	}

	@Test
	void jobsInEveryStateKeepItListed() {
		// A blocked job waits behind one that has not ended; those that expire take time.
		Set<JobState> states = EnumSet.complementOf(EnumSet.of(JobState.BLOCKED, JobState.EXPIRED));
		for (JobState state : states) {
			QueueName queue = new QueueName("with-" + state);
			emptied(queue);
			bring(aJob().in(queue), state);
			look();
		}
		pass(LONG);

		assertThat(listed()).hasSize(states.size());
	}

	@Test
	void aPausedQueueStays() {
		emptied(MAIL);
		store().control().pause(MAIL, PauseMode.OUT);
		look();
		pass(LONG);
		look();
		assertThat(listed()).containsExactly(MAIL);
		store().control().resume(MAIL);
		look();
		pass(LONG);

		assertThat(listed()).isEmpty();
	}

	@Test
	void aQueueThatIsPausedWhileItIsNotListedIsListed() {
		emptied(MAIL);
		pass(LONG);
		store().control().pause(MAIL, PauseMode.IN);

		assertThat(listed()).containsExactly(MAIL);
		assertThat(stats(MAIL).pause().mode()).isEqualTo(PauseMode.IN);
	}

	@Test
	void aQueueThatIsNotListedIsLookedAfterAsEver() {
		emptied(MAIL);
		pass(LONG);
		look();
		JobId delayed = insert(aJob().in(MAIL).delayedBy(seconds(10)));
		JobId lost = running(aJob().in(MAIL)).job().id();
		JobId expiring = insert(aJob().in(MAIL).livingFor(seconds(10)));
		pass(LEASE);

		assertThat(promote()).isOne();
		assertThat(recover()).extracting((job) -> job.id()).containsExactly(lost);
		assertThat(expire()).extracting((job) -> job.id()).containsExactly(expiring);
		assertThat(worker().on(MAIL).claimIds(10)).containsExactly(lost, delayed);
		assertThat(store().catalog().find(List.of(delayed))).hasSize(1);
	}

	@Test
	void aJobThatComesWhileItsQueueLeavesIsNeverLost() {
		List<JobStore> nodes = List.of(store(), secondNode());
		try (Race race = Race.between(4)) {
			for (int round = 0; round < 50; round++) {
				QueueName queue = new QueueName("race-" + round);
				emptied(queue);
				pass(LONG);
				List<JobId> stored = new ArrayList<>();
				JobDraft draft = aJob().in(queue);

				race.run(List.<Callable<Integer>>of(() -> {
					stored.add(insert(draft));
					return 0;
				}, () -> lookAt(nodes.get(0)), () -> lookAt(nodes.get(1)), () -> listed(nodes.get(1)).size()));

				assertThat(listed(nodes.get(1))).contains(queue);
				assertThat(worker().on(queue).claimIds(10)).isEqualTo(stored);
				store().control().delete(stored);
			}
		}
	}

	@Test
	void queuesAreListedByName() {
		for (String name : List.of("b", "a.b", "B", "a", "c")) {
			insert(aJob().in(new QueueName(name)));
		}

		assertThat(store().catalog().queues()).extracting((stats) -> stats.queue().value())
			.containsExactly("B", "a", "a.b", "b", "c");
	}

	@Test
	void aSecondNodeCountsTheSame() {
		insertMany(3);
		worker().succeed(worker().claimOne());

		assertThat(secondNode().catalog().queues()).extracting(QueueStats::counts)
			.isEqualTo(store().catalog().queues().stream().map(QueueStats::counts).toList());
	}

	@Test
	void queuesAreListedPageByPage() {
		for (int i = 0; i < 7; i++) {
			insert(aJob().in(new QueueName("queue-" + i)));
		}
		emptied(new QueueName("queue-3x"));
		pass(LONG);
		List<String> seen = new ArrayList<>();
		List<Integer> sizes = new ArrayList<>();
		String cursor = null;
		do {
			JobCatalog.Page<QueueStats> page = store().catalog().queues("", 3, cursor);
			page.items().forEach((stats) -> seen.add(stats.queue() + "=" + stats.count(JobState.READY)));
			sizes.add(page.items().size());
			cursor = page.next();
		}
		while (cursor != null);

		assertThat(seen).containsExactly("queue-0=1", "queue-1=1", "queue-2=1", "queue-3=1", "queue-4=1", "queue-5=1",
				"queue-6=1");
		assertThat(sizes).containsExactly(3, 3, 1);
	}

	@Test
	void queuesAreListedByTheBeginningOfTheirNames() {
		for (String name : List.of("b", "tenant-1.mail", "tenant-1.scan", "tenant-10.mail", "Tenant-1.mail",
				"tenant-1_")) {
			insert(aJob().in(new QueueName(name)));
		}

		assertThat(namesOf("tenant-1.")).containsExactly("tenant-1.mail", "tenant-1.scan");
		assertThat(namesOf("tenant-1")).containsExactly("tenant-1.mail", "tenant-1.scan", "tenant-10.mail",
				"tenant-1_");
		assertThat(namesOf("b")).containsExactly("b");
		assertThat(namesOf("b_")).isEmpty();
		assertThat(namesOf("%")).isEmpty();
		assertThat(namesOf("*")).isEmpty();
	}

	@Test
	void aFullLastPageOfQueuesSaysThatItIsTheLast() {
		insert(aJob().in(MAIL), aJob().in(REPORTS));

		assertThat(store().catalog().queues("", 2, null).next()).isNull();
		assertThat(store().catalog().queues("", 1, null).next()).isNotNull();
		assertThat(store().catalog().queues("", 1, "zz").items()).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> store().catalog().queues("", 0, null));
	}

	private List<String> namesOf(String prefix) {
		return store().catalog()
			.queues(prefix, 100, null)
			.items()
			.stream()
			.map((stats) -> stats.queue().value())
			.toList();
	}

	/** A queue that was used, and found to be empty. */
	private void emptied(QueueName queue) {
		JobId id = insert(aJob().in(queue));
		store().control().delete(List.of(id));
		look();
	}

	private void look() {
		lookAt(store());
	}

	private static int lookAt(JobStore node) {
		return node.maintenance().purge(Retention.DEFAULT, ALL);
	}

	private List<QueueName> listed() {
		return listed(store());
	}

	private static List<QueueName> listed(JobStore node) {
		return node.catalog().queues().stream().map(QueueStats::queue).toList();
	}

}
