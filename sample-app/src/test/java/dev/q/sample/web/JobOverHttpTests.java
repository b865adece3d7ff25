package dev.q.sample.web;

import java.nio.file.Path;
import java.util.Set;

import dev.q.job.Job;
import dev.q.job.TypeName;
import dev.q.sample.TestTree;
import dev.q.sample.web.HttpSample.Answer;
import dev.q.store.JobCatalog.Query;
import dev.q.store.JobStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class JobOverHttpTests {

	@TempDir
	private Path root;

	private HttpSample sample;

	@BeforeEach
	void scan() throws Exception {
		TestTree.fill(this.root, 1);
		this.sample = HttpSample.start(this.root);
		Answer done = this.sample.await(this.sample.scan("."));
		assertThat(done.text("state")).isEqualTo("DONE");
	}

	@AfterEach
	void stop() {
		this.sample.close();
	}

	@Test
	void aJobTellsWhatItLeftBehind() throws Exception {
		Job file = only("index-file");

		Answer answer = this.sample.get("/jobs/" + file.id());

		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.text("id")).isEqualTo(file.id().toString());
		assertThat(answer.text("type")).isEqualTo("index-file");
		assertThat(answer.text("queue")).isEqualTo("files-small");
		assertThat(answer.text("state")).isEqualTo("SUCCEEDED");
		assertThat(answer.json().path("attempt").intValue()).isEqualTo(1);
		assertThat(answer.json().at("/counters/deliveries").intValue()).isEqualTo(1);
		assertThat(answer.json().at("/times/createdAt").asString()).isEqualTo(file.times().createdAt().toString());
		assertThat(answer.json().at("/times/finishedAt").isString()).isTrue();
		assertThat(answer.json().at("/result/bytes").intValue()).isEqualTo(TestTree.CONTENT.length());
		assertThat(answer.json().path("error").isNull()).isTrue();
	}

	@Test
	void aJobThatWentWrongTellsWhyInOneLine() throws Exception {
		Answer dead = this.sample.get("/jobs/" + only("drill-missing-file").id());

		assertThat(dead.text("state")).isEqualTo("DEAD");
		assertThat(dead.text("error")).contains("PermanentJobException", "there is no such file").hasLineCount(1);
		assertThat(dead.json().path("result").isNull()).isTrue();
	}

	@Test
	void aJobThatWasTriedAgainTellsOfBothAttempts() throws Exception {
		Answer retried = this.sample.get("/jobs/" + only("drill-stumble").id());

		assertThat(retried.text("state")).isEqualTo("SUCCEEDED");
		assertThat(retried.json().path("attempt").intValue()).isEqualTo(2);
		assertThat(retried.json().at("/counters/failures").intValue()).isEqualTo(1);
	}

	@Test
	void payloadsStayInside() throws Exception {
		for (String type : Set.of("drill-missing-file", "index-file")) {
			assertThat(this.sample.get("/jobs/" + only(type).id()).body()).doesNotContain("payload", "file:",
					this.root.toString());
		}
	}

	private Job only(String type) {
		Query query = new Query(Set.of(), null, new TypeName(type));
		return this.sample.bean(JobStore.class).catalog().search(query, 2, null).items().get(0);
	}

}
