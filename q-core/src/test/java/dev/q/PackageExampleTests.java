package dev.q;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;

import dev.q.attempt.HandledJob;
import dev.q.expert.JobQueue;
import dev.q.expert.Q;
import dev.q.expert.QueueHandler;
import dev.q.expert.QueueWorker;
import dev.q.inprocess.RunnableQueue;
import dev.q.inprocess.StopMode;
import dev.q.inprocess.StopReport;
import dev.q.inprocess.TaskId;
import dev.q.inprocess.TaskResult;
import dev.q.ports.SystemClock;
import dev.q.store.JobStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples in the descriptions of packages are compiled as they stand, and do what
 * they seem to do.
 */
@Timeout(60)
class PackageExampleTests {

	private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\\n(.*?) \\* }</pre>", Pattern.DOTALL);

	@ParameterizedTest
	@ValueSource(strings = { "expert", "inprocess" })
	void exampleIsCompiledAsItStands(String name) throws IOException {
		String description = Files.readString(Path.of("src/main/java/dev/q", name, "package-info.java"));
		List<String> source = Files.readAllLines(Path.of("src/test/java/dev/q/PackageExampleTests.java"));

		List<String> example = EXAMPLE.matcher(description)
			.results()
			.flatMap((match) -> match.group(1).lines())
			.map((line) -> line.equals(" *") ? "" : "\t\t" + line.substring(" * ".length()))
			.toList();

		assertThat(example).isNotEmpty();
		assertThat(Collections.indexOfSubList(source, example)).as("place of these lines").isPositive();
	}

	@Test
	void aQueueIsWorkedByHandAndByAnEngine() throws InterruptedException {
		BlockingQueue<String> outbox = new LinkedBlockingQueue<>();
		Optional<HandledJob> handled;
		List<String> mails;

		SystemClock clock = new SystemClock();
		JobStore store = new MemoryStore(MemorySettings.DEFAULT, clock, clock.steady());
		QueueHandler handler = QueueHandler.of(Mail.class, (mail, job) -> outbox.put(mail.to()));
		try (JobQueue queue = Q.queue("mail").store(store).build()) {
			queue.enqueue(new Mail("ada@example.org"));
			handled = queue.handleOne(handler);

			QueueWorker worker = Q.run(queue, handler, 8);
			queue.enqueue(new Mail("bob@example.org"));
			mails = List.of(outbox.take(), outbox.take());
			worker.close();
		}

		assertThat(handled).map(HandledJob::succeeded).contains(true);
		assertThat(mails).containsExactly("ada@example.org", "bob@example.org");
	}

	@Test
	void aTaskRunsInTheBackground() {
		Integer answer = null;

		RunnableQueue queue = RunnableQueue.sequential().track().build();
		queue.start();
		TaskId<Integer> id = queue.submit(() -> 6 * 7);
		StopReport report = queue.stop(Duration.ofSeconds(10), StopMode.FINISH_ALL);
		if (report.isClean() && queue.result(id) instanceof TaskResult.Succeeded<Integer> done) {
			answer = done.value();
		}

		assertThat(answer).isEqualTo(42);
	}

	record Mail(String to) {
	}

}
