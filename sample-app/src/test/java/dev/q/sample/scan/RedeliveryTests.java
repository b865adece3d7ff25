package dev.q.sample.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.q.JobContext;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.codec.PayloadCodec;
import dev.q.event.JobEvent;
import dev.q.event.JobListener;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import dev.q.sample.SampleApplication;
import dev.q.store.JobCatalog.Query;
import dev.q.store.JobControl;
import dev.q.store.JobStore;
import dev.q.store.PauseMode;
import dev.q.store.QueueStats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a scan when its jobs run again, or wait for room.
 */
@Timeout(60)
class RedeliveryTests {

	private static final int FILES = 300;

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@TempDir
	private Path root;

	private ConfigurableApplicationContext application;

	@BeforeEach
	void start() throws IOException {
		for (int i = 0; i < FILES; i++) {
			Files.writeString(this.root.resolve("file-" + i), "a line\n");
		}
		this.application = new SpringApplicationBuilder(SampleApplication.class, Snoozes.class)
			.web(WebApplicationType.NONE)
			.logStartupInfo(false)
			.profiles("scan")
			.run("--q.memory.capacity=50", "--q.worker.concurrency=1");
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void aPageSnoozesWhileTheQueueIsFull() throws InterruptedException {
		Scans scans = this.application.getBean(Scans.class);
		JobControl control = this.application.getBean(JobStore.class).control();
		control.pause(new QueueName(Queues.SMALL_FILES), PauseMode.OUT);
		JobId scan = scans.start(this.root);

		this.application.getBean(Snoozes.class).await();
		control.resume(new QueueName(Queues.SMALL_FILES));

		ScanStatus status = scans.await(scan, PATIENCE).orElseThrow();
		assertThat(status).isInstanceOfSatisfying(ScanStatus.Done.class,
				(done) -> assertThat(done.report().files()).isEqualTo(FILES));
		assertThat(jobs("scan-page")).allSatisfy((page) -> assertThat(page.counters().failures()).isZero());
	}

	@Test
	void aPageSnoozesWhileBothQueuesOfFilesAreFull() throws InterruptedException, IOException {
		List<Path> large = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			large.add(Files.write(this.root.resolve("file-%d-large".formatted(i)), new byte[1024 * 1024]));
		}
		Scans scans = this.application.getBean(Scans.class);
		JobTemplate jobs = this.application.getBean(JobTemplate.class);
		JobControl control = this.application.getBean(JobStore.class).control();
		for (String name : List.of(Queues.SMALL_FILES, Queues.LARGE_FILES)) {
			control.pause(new QueueName(name), PauseMode.OUT);
			large.forEach(
					(file) -> jobs.enqueue(JobRequest.of(new IndexFile(file)).with((options) -> options.queue(name))));
		}
		JobId scan = scans.start(this.root);

		this.application.getBean(Snoozes.class).await();
		control.resume(new QueueName(Queues.SMALL_FILES));
		control.resume(new QueueName(Queues.LARGE_FILES));

		assertThat(scans.await(scan, PATIENCE)).get().isInstanceOf(ScanStatus.Done.class);
		assertThat(jobs("scan-page")).allSatisfy((page) -> assertThat(page.counters().failures()).isZero());
	}

	@Test
	void manyScansThatWaitForRoomDoNotKeepEachOtherFromTheirEnd() throws InterruptedException {
		Scans scans = this.application.getBean(Scans.class);
		List<JobId> started = Stream.generate(() -> scans.start(this.root)).limit(20).toList();

		for (JobId scan : started) {
			assertThat(scans.await(scan, PATIENCE)).get().isInstanceOf(ScanStatus.Done.class);
		}
	}

	@Test
	void aPageThatRunsAgainAddsNothing() throws InterruptedException {
		ScanReport report = scan();
		List<QueueStats> before = queues();

		for (Job page : jobs("scan-page")) {
			Object again = this.application.getBean(ScanJobs.class)
				.page(payload(page, ScanPage.class), new Redelivery(page));
			assertThat(again).isInstanceOf(PageResult.class);
		}

		assertThat(queues()).isEqualTo(before);
		assertThat(reportAgain()).isEqualTo(report);
	}

	@Test
	void aScanThatStartsAgainAddsNothing() throws InterruptedException {
		ScanReport report = scan();
		List<QueueStats> before = queues();

		this.application.getBean(ScanJobs.class).start(new Scan(this.root), new Redelivery(jobs("scan").get(0)));

		assertThat(queues()).isEqualTo(before);
		assertThat(reportAgain()).isEqualTo(report);
	}

	private ScanReport scan() throws InterruptedException {
		return this.application.getBean(Scans.class).scan(this.root, (progress) -> {
		});
	}

	private Object reportAgain() {
		return this.application.getBean(ReportJobs.class).sumUp(new SumUp(jobs("scan").get(0).id(), this.root));
	}

	private List<QueueStats> queues() {
		return this.application.getBean(JobStore.class).catalog().queues();
	}

	private List<Job> jobs(String type) {
		Query query = new Query(Set.of(), new QueueName(Queues.SCAN), new TypeName(type));
		return this.application.getBean(JobStore.class).catalog().search(query, 1000, null).items();
	}

	private <T> T payload(Job job, Class<T> type) {
		return type.cast(this.application.getBean(PayloadCodec.class).decode(job.spec().payload(), type));
	}

	/**
	 * Hears of a page that is put off.
	 */
	static class Snoozes implements JobListener {

		private final CountDownLatch first = new CountDownLatch(1);

		@Override
		public void onEvent(JobEvent event) {
			if (event instanceof JobEvent.Released && event.spec().type().value().equals("scan-page")) {
				this.first.countDown();
			}
		}

		void await() throws InterruptedException {
			assertThat(this.first.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		}

	}

	/**
	 * A claim after the lease of an earlier one ran out.
	 */
	private record Redelivery(Job job) implements JobContext {

		@Override
		public Optional<Instant> deadline() {
			return Optional.empty();
		}

		@Override
		public boolean leaseLost() {
			return false;
		}

		@Override
		public Instant heartbeat() {
			throw new IllegalStateException("Nobody holds a lease here");
		}

		@Override
		public boolean shouldStop() {
			return false;
		}

		@Override
		public void completeInCurrentTransaction(Object result) {
			throw new IllegalStateException("Nobody is in a transaction here");
		}

	}

}
