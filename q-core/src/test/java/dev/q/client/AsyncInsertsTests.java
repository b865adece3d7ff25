package dev.q.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.q.JobReceipt;
import dev.q.event.JobEvents;
import dev.q.job.Due;
import dev.q.job.JobSpec;
import dev.q.job.NewJob;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.loop.IdleThread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of callers when the machine has no thread to give.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class AsyncInsertsTests {

	private final RecordingStore store = new RecordingStore();

	private final JobWriter writer = DeferredJobs.Outside.of(this.store::insert, new Announcements(JobEvents.NONE))
		.writer();

	private final AtomicBoolean isOutOfThreads = new AtomicBoolean(true);

	private final IdleThread scarce = new IdleThread((task) -> {
		if (this.isOutOfThreads.get()) {
			throw new OutOfMemoryError("unable to create native thread");
		}
		return new Thread(task);
	});

	private final IdleThread plain = new IdleThread("plain");

	@Test
	void whoComesAfterItWasOutOfThreadsIsServed() throws Exception {
		AsyncInserts inserts = new AsyncInserts(this.writer, this.scarce, this.plain);
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> inserts.insert(draft()));
		this.isOutOfThreads.set(false);

		CompletableFuture<JobReceipt> next = inserts.insert(draft());

		assertThat(next.get(20, TimeUnit.SECONDS).status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(this.store.groups()).as("the job that was refused is not stored").hasSize(1);
	}

	@Test
	void whoWaitsIsToldAllTheSame() throws Exception {
		AsyncInserts inserts = new AsyncInserts(this.writer, this.plain, this.scarce);

		List<CompletableFuture<JobReceipt>> receipts = List.of(inserts.insert(draft()), inserts.insert(draft()));

		for (CompletableFuture<JobReceipt> receipt : receipts) {
			assertThat(receipt.get(20, TimeUnit.SECONDS).status()).isEqualTo(JobReceipt.Status.STORED);
		}
	}

	private static Draft draft() {
		JobSpec spec = JobSpec.of(QueueName.DEFAULT, new TypeName("mail"), Payload.EMPTY);
		return new Draft(0, new NewJob(Client.ids().next(), spec, Due.NOW), 0, null);
	}

}
