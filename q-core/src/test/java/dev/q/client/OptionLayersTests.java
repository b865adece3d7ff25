package dev.q.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

import dev.q.JobOptions;
import dev.q.JobRequest;
import dev.q.job.DeliveryMode;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.QueueName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class OptionLayersTests {

	private static final JobRequest GREET = JobRequest.of("greet", null);

	@Test
	void whoIsNearerToTheCallGoesFirst() {
		ClientSettings settings = settings(JobOptions.NONE.priority(1).maxAttempts(1).maxCrashes(1).payloadVersion(1),
				Map.of("q", JobOptions.NONE.priority(2).maxAttempts(2).maxCrashes(2).payloadVersion(2)));
		Client client = Client.of(settings, Client.handler("greet", String.class,
				JobOptions.NONE.queue("q").priority(3).maxAttempts(3).maxCrashes(3)));

		client.jobs.with(JobOptions.NONE.priority(4).maxAttempts(4))
			.enqueue(GREET.with((options) -> options.priority(5)));

		JobSpec spec = client.store.job().spec();
		assertThat(spec.priority()).isEqualTo(5);
		assertThat(spec.limits().maxAttempts()).isEqualTo(4);
		assertThat(spec.limits().maxCrashes()).isEqualTo(3);
		assertThat(spec.payloadVersion()).isEqualTo(2);
	}

	@Test
	void theQueueWhoseSettingsCountIsTheOneThatWasChosen() {
		ClientSettings settings = settings(JobOptions.NONE.queue("c"), Map.of("a", JobOptions.NONE.priority(1), "b",
				JobOptions.NONE.priority(2), "c", JobOptions.NONE.priority(3)));
		Client client = Client.of(settings, Client.handler("greet", String.class, JobOptions.NONE.queue("a")));

		client.jobs.enqueue(GREET);
		client.jobs.with(JobOptions.NONE.queue("b")).enqueue(GREET);
		client.jobs.enqueue("unknown", null);

		assertThat(client.store.groups())
			.extracting((group) -> group.queue() + " " + group.jobs().get(0).spec().priority())
			.containsExactly("a 1", "b 2", "c 3");
	}

	@Test
	void withoutAnyWordThereAreDefaults() {
		Client client = Client.plain();

		client.jobs.enqueue("greet", null);

		assertThat(client.store.job().spec().queue()).isEqualTo(QueueName.DEFAULT);
		assertThat(client.store.job().spec().limits()).isEqualTo(JobLimits.DEFAULT);
		assertThat(client.store.job().spec().priority()).isEqualTo(JobSpec.DEFAULT_PRIORITY);
	}

	@Test
	void aViewOfAViewGoesFirstAndLeavesTheOthersAlone() {
		Client client = Client.plain();
		var first = client.jobs.with(JobOptions.NONE.priority(1).tag("one"));

		first.with(JobOptions.NONE.priority(2).tag("two")).enqueue(GREET);
		first.enqueue(GREET);
		client.jobs.enqueue(GREET);

		assertThat(client.store.groups()).extracting((group) -> group.jobs().get(0).spec().priority())
			.containsExactly(2, 1, 5);
		assertThat(client.store.groups().get(0).jobs().get(0).spec().tags()).containsExactlyInAnyOrder("one", "two");
	}

	@Test
	void headersOfAllLayersAddUp() {
		Client client = Client.of(settings(JobOptions.NONE.header("app", "a").header("both", "low"), Map.of()));

		client.jobs.with(JobOptions.NONE.header("view", "v"))
			.enqueue(GREET.with((options) -> options.header("both", "high")));

		assertThat(client.store.job().spec().headers()).isEqualTo(Map.of("app", "a", "view", "v", "both", "high"));
	}

	@Test
	void manyTypesDoNotConfuseEachOther() {
		Client client = Client.plain();

		for (int i = 0; i < 3000; i++) {
			client.jobs.enqueue("type-" + i % 1500, null);
		}

		assertThat(client.store.groups()).hasSize(3000);
		assertThat(client.store.groups().get(2999).jobs().get(0).spec().type().value()).isEqualTo("type-1499");
	}

	@Test
	void aJobThatMayRunOnceHasOneAttempt() {
		Client client = Client.of(settings(JobOptions.NONE.maxAttempts(10), Map.of()));

		client.jobs.with(JobOptions.NONE.delivery(DeliveryMode.AT_MOST_ONCE)).enqueue(GREET);

		assertThat(client.store.job().spec().limits().maxAttempts()).isEqualTo(1);
	}

	@Test
	void contradictionsAreRefusedWithBothValues() {
		refuses(JobOptions.NONE.delivery(DeliveryMode.AT_MOST_ONCE).maxAttempts(2), "AT_MOST_ONCE", "2 attempts");
		refuses(JobOptions.NONE.in(Duration.ofMinutes(2)).timeToLive(Duration.ofMinutes(1)), "PT2M", "PT1M");
		refuses(JobOptions.NONE.in(Duration.ofMinutes(1)).timeToLive(Duration.ofMinutes(1)), "PT1M", "PT1M");
		refuses(JobOptions.NONE.at(Instant.ofEpochSecond(10)).deadline(Instant.ofEpochSecond(9)),
				"1970-01-01T00:00:10Z", "1970-01-01T00:00:09Z");
	}

	@Test
	void contradictionsOfDifferentLayersAreFoundToo() {
		Client client = Client.of(ClientSettings.DEFAULT,
				Client.handler("greet", String.class, JobOptions.NONE.maxAttempts(3)));

		assertThatIllegalArgumentException()
			.isThrownBy(() -> client.jobs.with(JobOptions.NONE.delivery(DeliveryMode.AT_MOST_ONCE)).enqueue(GREET))
			.withMessageContaining("type greet")
			.withMessageContaining("3 attempts");
	}

	@Test
	void whatCanBeIsGranted() {
		Client client = Client.plain();

		client.jobs
			.enqueue(GREET.with((options) -> options.in(Duration.ofMinutes(1)).timeToLive(Duration.ofMinutes(2))));
		client.jobs
			.enqueue(GREET.with((options) -> options.at(Instant.ofEpochSecond(9)).deadline(Instant.ofEpochSecond(10))));
		client.jobs.enqueue(GREET.with((options) -> options.delivery(DeliveryMode.AT_MOST_ONCE).maxAttempts(1)));

		assertThat(client.store.groups()).hasSize(3);
	}

	@Test
	void settingsAreChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ClientSettings(JobOptions.NONE, Map.of(), 0))
			.withMessageContaining("q.max-payload");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> settings(JobOptions.NONE, Map.of("a", JobOptions.NONE.queue("b"))))
			.withMessageContaining("queue a")
			.withMessageContaining("queue b");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> settings(JobOptions.NONE,
					Map.of("a", JobOptions.NONE.delivery(DeliveryMode.AT_MOST_ONCE).maxAttempts(5))))
			.withMessageContaining("5 attempts");
	}

	private static void refuses(JobOptions options, String one, String other) {
		Client client = Client.plain();

		assertThatIllegalArgumentException().isThrownBy(() -> client.jobs.enqueue(GREET.with((none) -> options)))
			.withMessageContaining(one)
			.withMessageContaining(other);
		assertThat(client.store.inserts()).isEmpty();
	}

	private static ClientSettings settings(JobOptions defaults, Map<String, JobOptions> queues) {
		return new ClientSettings(defaults,
				queues.entrySet()
					.stream()
					.collect(Collectors.toMap((entry) -> new QueueName(entry.getKey()), Map.Entry::getValue)),
				ClientSettings.DEFAULT.maxPayload());
	}

}
