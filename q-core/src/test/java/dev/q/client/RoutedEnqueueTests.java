package dev.q.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.q.JobReceipt;
import dev.q.JobRejectedException;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.TransactionMode;
import dev.q.UnsupportedJobOptionException;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.event.JobEvents;
import dev.q.handler.HandlerRegistry;
import dev.q.job.QueueName;
import dev.q.ports.SystemClock;
import dev.q.schedule.Overlap;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Schedules;
import dev.q.store.StoreCapability;
import dev.q.store.StoreException;
import dev.q.store.routing.RoutingJobStore;
import dev.q.store.routing.StoreRoute;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One template over two stores: "mail" is in one that can write in transactions, all
 * other queues are in one that cannot.
 */
class RoutedEnqueueTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final RecordingStore plain = new RecordingStore(StoreCapability.GROUP_COMMIT);

	private final RecordingStore able = new RecordingStore(StoreCapability.values());

	private final RoutingJobStore stores = new RoutingJobStore(this.plain,
			List.of(new StoreRoute("able", this.able, List.of(new QueueName("mail")))), new SystemClock(),
			Runnable::run);

	private final JobTemplates templates = new JobTemplates(this.stores, HandlerRegistry.of(List.of()),
			JacksonPayloadCodec.standard(), ClientSettings.DEFAULT, Client.ids(), new JobEvents(List.of()));

	private final List<DeferredJobs> deferred = new ArrayList<>();

	private final JobTemplate jobs = this.templates.template();

	private final JobTemplate inTransaction = this.templates.template(() -> Optional.of(this.deferred::add));

	@Test
	void eachJobGoesToTheStoreOfItsQueue() {
		this.jobs.enqueue(mail("one"));
		this.jobs.enqueue(other("two"));

		assertThat(this.able.types()).containsExactly("one");
		assertThat(this.plain.types()).containsExactly("two");
	}

	@Test
	void anOptionIsGrantedByTheStoreOfTheQueueAndRefusedByName() {
		this.jobs.enqueue(mail("one").with((options) -> options.timeToLive(Duration.ofHours(1))));

		assertThat(this.able.types()).containsExactly("one");
		assertThatExceptionOfType(UnsupportedJobOptionException.class)
			.isThrownBy(
					() -> this.jobs.enqueue(other("two").with((options) -> options.timeToLive(Duration.ofHours(1)))))
			.withMessageContainingAll("timeToLive", "Store recording lacks", "EXPIRY");
		assertThat(this.plain.inserts()).isEmpty();
	}

	@Test
	void theFailureOfOneStoreLeavesTheJobsForAnotherStored() {
		this.plain.answerAlways((group) -> {
			throw new StoreException("drill");
		});

		assertThatExceptionOfType(StoreException.class)
			.isThrownBy(() -> this.jobs.enqueueAll(List.of(other("one"), mail("two"), other("three"))));
		assertThat(this.able.types()).containsExactly("two");
	}

	@Test
	void inATransactionEachJobDoesWhatItsStoreCan() {
		List<JobReceipt> receipts = this.inTransaction.enqueueAll(List.of(other("one"), mail("two")));

		assertThat(receipts).extracting(JobReceipt::status)
			.containsExactly(JobReceipt.Status.DEFERRED, JobReceipt.Status.JOINED);
		assertThat(this.able.joined().types()).containsExactly("two");
		assertThat(this.plain.inserts()).isEmpty();

		DeferredJobs.sum(this.deferred).committed();
		assertThat(this.plain.types()).containsExactly("one");
	}

	@Test
	void whoInsistsOnTheTransactionInAStoreThatCannotIsRefusedBeforeAnythingIsStored() {
		List<JobRequest> requests = List.of(mail("one"),
				other("two").with((options) -> options.transaction(TransactionMode.JOIN)));

		assertThatExceptionOfType(UnsupportedJobOptionException.class)
			.isThrownBy(() -> this.inTransaction.enqueueAll(requests))
			.withMessageContaining("transaction JOIN");
		assertThat(this.able.joined().types()).isEmpty();
	}

	@Test
	void aStoreThatHangsHoldsUpNoAsynchronousEnqueueOfAnother() throws Exception {
		HeldWrite held = new HeldWrite();
		this.plain.answerNext(held);
		CompletableFuture<JobReceipt> hanging = this.jobs.enqueueAsync(other("one"));
		held.awaitBegun();

		assertThat(this.jobs.enqueueAsync(mail("two"))).succeedsWithin(PATIENCE)
			.extracting(JobReceipt::status)
			.isEqualTo(JobReceipt.Status.STORED);
		assertThat(hanging).isNotDone();

		held.end();
		assertThat(hanging).succeedsWithin(PATIENCE);
	}

	@Test
	void afterTheEndNoStoreTakesAnAsynchronousEnqueueNotEvenOneThatHadNoneBefore() {
		assertThat(this.jobs.enqueueAsync(mail("one"))).succeedsWithin(PATIENCE);
		this.templates.close();

		for (JobRequest late : List.of(mail("two"), other("three"))) {
			assertThat(this.jobs.enqueueAsync(late)).failsWithin(PATIENCE)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(JobRejectedException.class);
		}
		assertThat(this.able.types()).containsExactly("one");
		assertThat(this.plain.inserts()).isEmpty();
	}

	@Test
	void anAsynchronousEnqueueWaitsForTheCommitUnlessTheStoreOfItsQueueJoins() {
		assertThat(this.inTransaction.enqueueAsync(other("one"))).succeedsWithin(PATIENCE)
			.extracting(JobReceipt::status)
			.isEqualTo(JobReceipt.Status.DEFERRED);
		assertThatExceptionOfType(UnsupportedJobOptionException.class)
			.isThrownBy(() -> this.inTransaction.enqueueAsync(mail("two")))
			.withMessageContaining("enqueueAsync");
	}

	@Test
	void theOverlapOfAScheduleIsGrantedByTheStoreOfItsQueue() {
		Schedules schedules = this.templates.schedules(() -> {
		});

		schedules.check(queueOne(mail("one")));

		assertThatExceptionOfType(UnsupportedJobOptionException.class)
			.isThrownBy(() -> schedules.check(queueOne(other("two"))))
			.withMessageContainingAll("QUEUE_ONE", "Store recording lacks", "UNIQUE_UPDATES");
	}

	private static ScheduleRequest queueOne(JobRequest job) {
		return ScheduleRequest.every("often", Duration.ofMinutes(1), job)
			.with((options) -> options.withOverlap(Overlap.QUEUE_ONE));
	}

	private static JobRequest mail(String type) {
		return other(type).with((options) -> options.queue("mail"));
	}

	private static JobRequest other(String type) {
		return JobRequest.of(type, null);
	}

}
