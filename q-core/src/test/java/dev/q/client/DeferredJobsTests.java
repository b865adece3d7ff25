package dev.q.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.JobsNotStoredException;
import dev.q.job.JobId;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.StoreException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DeferredJobsTests {

	private final List<DeferredJobs> waiting = new ArrayList<>();

	private final CallerTransaction transaction = () -> Optional.of(this.waiting::add);

	@Test
	void jobsOfSeveralCallsAreStoredInOneStep() {
		Client client = Client.able();
		JobTemplate jobs = client.in(this.transaction);

		List<JobId> ids = List.of(jobs.enqueue("a", null).id(),
				jobs.with(JobOptions.NONE.queue("mail")).enqueue("b", null).id(), jobs.enqueue("c", null).id());

		assertThat(client.store.inserts()).isEmpty();
		assertThat(DeferredJobs.sum(this.waiting).waiting()).isEqualTo(ids);
		DeferredJobs.sum(this.waiting).committed();
		assertThat(client.store.inserts()).hasSize(1);
		assertThat(client.store.groups()).extracting((group) -> group.queue() + " " + group.jobs().size())
			.containsExactly("default 2", "mail 1");
		assertThat(client.events).hasSize(3);
	}

	@Test
	void allViewsOfATemplateGoToOnePlace() {
		Client client = Client.able();
		JobTemplate jobs = client.in(this.transaction);

		jobs.enqueue("a", null);
		jobs.with(JobOptions.NONE.priority(1)).enqueue("a", null);
		Client.able().in(this.transaction).enqueue("a", null);

		assertThat(this.waiting.get(0).destination()).isSameAs(this.waiting.get(1).destination())
			.isNotSameAs(this.waiting.get(2).destination());
	}

	@Test
	void whenTheStoreFailsHalfWayItIsSaidWhatIsStored() {
		Client client = Client.able();
		JobTemplate jobs = client.in(this.transaction);
		List<JobRequest> requests = new ArrayList<>();
		for (int i = 0; i <= JobWriter.MAX_GROUPS; i++) {
			String queue = "q" + i;
			requests.add(JobRequest.of("a", null).with((options) -> options.queue(queue)));
			client.store.answerNext((i < JobWriter.MAX_GROUPS) ? RecordingStore::stored : DeferredJobsTests::fail);
		}
		List<JobReceipt> receipts = jobs.enqueueAll(requests);

		assertThatExceptionOfType(JobsNotStoredException.class)
			.isThrownBy(() -> DeferredJobs.sum(this.waiting).committed())
			.withMessageContaining("1 of 17 jobs")
			.satisfies(
					(ex) -> assertThat(ex.requests()).extracting(JobRequest::id).containsExactly(receipts.get(16).id()))
			.satisfies((ex) -> assertThat(ex.stored()).hasSize(16));
		assertThat(client.events).hasSize(17);
	}

	private static InsertAnswer fail(InsertGroup group) {
		throw new StoreException("The line went dead");
	}

}
