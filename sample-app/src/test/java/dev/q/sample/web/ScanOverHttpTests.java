package dev.q.sample.web;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.sample.TestTree;
import dev.q.sample.web.HttpSample.Answer;
import dev.q.store.JobCatalog.Query;
import dev.q.store.JobStore;
import dev.q.store.PauseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scans of an application that works jobs.
 */
@Timeout(60)
class ScanOverHttpTests {

	private static final QueueName FILES = new QueueName("files-small");

	@TempDir
	private Path root;

	private HttpSample sample;

	@BeforeEach
	void start() throws Exception {
		TestTree.fill(this.root.resolve("three"), 3);
		TestTree.fill(this.root.resolve("many"), 1200);
		this.sample = HttpSample.start(this.root);
	}

	@AfterEach
	void stop() {
		this.sample.close();
	}

	@Test
	void aScanIsAcceptedAndHasAReportInTheEnd() throws Exception {
		Answer accepted = this.sample.scan("three");

		assertThat(accepted.status()).isEqualTo(202);
		assertThat(accepted.header("Location")).isEqualTo("/scans/" + accepted.text("id"));
		Answer done = this.sample.await(accepted);
		assertThat(done.text("state")).isEqualTo("DONE");
		assertThat(done.json().at("/report/files").intValue()).isEqualTo(3);
		assertThat(done.json().at("/report/jobs").intValue()).isEqualTo(1 + 1 + 2 + 3);
		assertThat(done.json().has("progress")).isFalse();
	}

	@Test
	void scansAtTheSameTimeDoNotMix() throws Exception {
		List<Answer> accepted = List.of(this.sample.scan("many"), this.sample.scan("three"), this.sample.scan("many"));

		assertThat(accepted).extracting((scan) -> scan.text("id")).doesNotHaveDuplicates();
		assertThat(this.sample.await(accepted.get(0)).json().at("/report/files").intValue()).isEqualTo(1200);
		assertThat(this.sample.await(accepted.get(1)).json().at("/report/files").intValue()).isEqualTo(3);
		assertThat(this.sample.await(accepted.get(2)).json().at("/report/files").intValue()).isEqualTo(1200);
	}

	@Test
	void aScanThatRunsTellsOfItsOwnJobsOnly() throws Exception {
		this.sample.await(this.sample.scan("many"));
		this.sample.bean(HttpSample.Ears.class).await(1 + 2 + 2);
		JobStore store = this.sample.bean(JobStore.class);
		store.control().pause(FILES, PauseMode.OUT);

		Answer accepted = this.sample.scan("three");
		this.sample.bean(HttpSample.Ears.class).await(1 + 1 + 2);
		Answer running = this.sample.get(accepted.header("Location"));

		assertThat(running.text("state")).isEqualTo("RUNNING");
		assertThat(running.json().at("/progress/known").intValue()).isEqualTo(1 + 1 + 2 + 3);
		assertThat(running.json().at("/progress/ended").intValue()).isEqualTo(1 + 1 + 2);
		store.control().resume(FILES);
		assertThat(this.sample.await(accepted).text("state")).isEqualTo("DONE");
	}

	@Test
	void aFolderBelowTheRootIsScannedHoweverItIsNamed() throws Exception {
		Files.createSymbolicLink(this.root.resolve("to-three"), this.root.resolve("three"));

		for (String folder : List.of("three", "./three", "many/../three", "three/", "to-three",
				this.root.resolve("three").toString())) {
			Answer done = this.sample.await(this.sample.scan(folder));

			assertThat(done.json().at("/report/files").intValue()).as(folder).isEqualTo(3);
		}
	}

	@Test
	void theRootItselfIsADot() throws Exception {
		assertThat(this.sample.await(this.sample.scan(".")).json().at("/report/files").intValue()).isEqualTo(1203);
	}

	@Test
	void aScanThatIsNotKeptAnyMoreIsNotFound() throws Exception {
		Answer accepted = this.sample.scan("three");
		this.sample.await(accepted);
		JobStore store = this.sample.bean(JobStore.class);

		store.control().delete(jobs(store));
		Answer gone = this.sample.get(accepted.header("Location"));

		assertThat(gone.status()).isEqualTo(404);
		assertThat(gone.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(gone.text("detail")).contains(accepted.text("id"), "not any more", "q.retention");
	}

	@Test
	void aJobThatIsNoScanIsNotFoundAsOne() throws Exception {
		Answer accepted = this.sample.scan("three");
		this.sample.await(accepted);
		JobStore store = this.sample.bean(JobStore.class);

		for (JobId job : jobs(store)) {
			boolean isScan = job.toString().equals(accepted.text("id"));
			assertThat(this.sample.get("/scans/" + job).status()).isEqualTo(isScan ? 200 : 404);
		}
	}

	private static List<JobId> jobs(JobStore store) {
		return store.catalog().search(Query.ALL, 1000, null).items().stream().map(Job::id).toList();
	}

}
