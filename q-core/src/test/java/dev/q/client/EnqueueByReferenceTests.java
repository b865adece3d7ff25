package dev.q.client;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import dev.q.HandlerReference;
import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.job.Due;
import dev.q.job.JobSpec;
import dev.q.job.Payload;
import dev.q.job.TypeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class EnqueueByReferenceTests {

	private static final User ADA = new User("Ada");

	private final Client client = Client.plain();

	@Test
	void theWireNameAndThePayloadAreStored() {
		JobReceipt receipt = this.client.jobs.enqueue(Mailer::welcome, ADA);

		JobSpec spec = this.client.store.job().spec();
		assertThat(spec.type()).isEqualTo(new TypeName("welcome"));
		assertThat(new String(spec.payload().toByteArray(), StandardCharsets.UTF_8)).isEqualTo("{\"name\":\"Ada\"}");
		assertThat(receipt.status()).isEqualTo(JobReceipt.Status.STORED);
	}

	@Test
	void whatTheAnnotationSaysCountsWithoutTheHandler() {
		this.client.jobs.enqueue(Mailer::urgent, ADA);

		JobSpec spec = this.client.store.job().spec();
		assertThat(spec.queue().value()).isEqualTo("mail");
		assertThat(spec.priority()).isEqualTo(1);
		assertThat(spec.limits().maxAttempts()).isEqualTo(7);
		assertThat(spec.limits().lease()).isEqualTo(Duration.ofMinutes(3));
		assertThat(spec.retry()).isEqualTo("policyOfTheWorker");
	}

	@Test
	void aHandlerThatIsKnownHereSaysHowItsJobsAreRun() {
		Client knowing = Client.of(ClientSettings.DEFAULT,
				Client.handler("urgent", User.class, JobOptions.NONE.priority(2)));

		knowing.jobs.enqueue(Mailer::urgent, ADA);

		assertThat(knowing.store.job().spec().priority()).isEqualTo(2);
		assertThat(knowing.store.job().spec().queue().value()).isEqualTo("default");
	}

	@Test
	void callAndViewGoBeforeTheAnnotation() {
		JobTemplate view = this.client.jobs.with(JobOptions.NONE.priority(3).maxAttempts(3));

		view.enqueue(JobRequest.of(Mailer::urgent, ADA).with((options) -> options.priority(4)));

		JobSpec spec = this.client.store.job().spec();
		assertThat(spec.priority()).isEqualTo(4);
		assertThat(spec.limits().maxAttempts()).isEqualTo(3);
		assertThat(spec.queue().value()).isEqualTo("mail");
	}

	@Test
	void aRequestKeepsItsReferenceThroughEveryChange() {
		JobRequest request = JobRequest.of(Mailer::welcome, ADA)
			.withId(Client.ids().next())
			.with((options) -> options.in(Duration.ofHours(1)));

		this.client.jobs.enqueueAll(List.of(request));

		assertThat(this.client.store.job().spec().type().value()).isEqualTo("welcome");
		assertThat(this.client.store.job().id()).isEqualTo(request.id());
		assertThat(this.client.store.job().due()).isEqualTo(Due.in(Duration.ofHours(1)));
	}

	@Test
	void everyShapeOfHandlerIsTakenByTheTemplate() {
		Mailer mailer = new Mailer();

		stores("welcome", (jobs) -> jobs.enqueue(Mailer::welcome, ADA));
		stores("with-context", (jobs) -> jobs.enqueue(Mailer::withContext, ADA));
		stores("list", (jobs) -> jobs.enqueue(Mailer::list, List.of(ADA)));
		stores("any", (jobs) -> jobs.enqueue(Mailer::any, ADA));
		stores("number", (jobs) -> jobs.enqueue(Mailer::number, 5L));
		stores("bytes", (jobs) -> jobs.enqueue(Mailer::bytes, new byte[] { 1 }));
		stores("bare", (jobs) -> jobs.enqueue(Mailer::bare));
		stores("context-alone", (jobs) -> jobs.enqueue(Mailer::contextAlone));
		stores("static", (jobs) -> jobs.enqueue(Mailer::ofClass, ADA));
		stores("static-with-context", (jobs) -> jobs.enqueue(Mailer::ofClassWithContext, ADA));
		stores("static-any-with-context", (jobs) -> jobs.enqueue(Mailer::ofClassAnyWithContext, ADA));
		stores("static-bare", (jobs) -> jobs.enqueue(Mailer::ofClassBare));
		stores("static-context-alone", (jobs) -> jobs.enqueue(Mailer::ofClassContextAlone));
		stores("welcome", (jobs) -> jobs.enqueue(mailer::welcome, ADA));
		stores("with-context", (jobs) -> jobs.enqueue(mailer::withContext, ADA));
		stores("bare", (jobs) -> jobs.enqueue(mailer::bare));
		stores("context-alone", (jobs) -> jobs.enqueue(mailer::contextAlone));
		stores("nullable", (jobs) -> jobs.enqueue(Mailer::nullable, null));
	}

	@Test
	void everyShapeOfHandlerIsTakenByARequest() {
		Mailer mailer = new Mailer();

		requests("welcome", JobRequest.of(Mailer::welcome, ADA));
		requests("with-context", JobRequest.of(Mailer::withContext, ADA));
		requests("static", JobRequest.of(Mailer::ofClass, ADA));
		requests("static-with-context", JobRequest.of(Mailer::ofClassWithContext, ADA));
		requests("bare", JobRequest.of(Mailer::bare));
		requests("context-alone", JobRequest.of(Mailer::contextAlone));
		requests("static-bare", JobRequest.of(Mailer::ofClassBare));
		requests("welcome", JobRequest.of(mailer::welcome, ADA));
		requests("bare", JobRequest.of(mailer::bare));
	}

	@Test
	void anOverloadedHandlerIsReferredToWithItsTypes() {
		Mailer mailer = new Mailer();
		HandlerReference.OfBean<Mailer, Integer> byNumber = Mailer::over;

		stores("over-text", (jobs) -> jobs.<Mailer, String>enqueue(Mailer::over, "x"));
		stores("over-number", (jobs) -> jobs.enqueue(byNumber, 5));
		stores("over-text", (jobs) -> jobs.enqueue((HandlerReference.OfBean<Mailer, String>) Mailer::over, "x"));
		stores("over-text", (jobs) -> jobs.enqueue(mailer::over, "x"));
		stores("over-number", (jobs) -> jobs.enqueue(mailer::over, 5));
	}

	@Test
	void namesAndPayloadsAreStillNamesAndPayloads() {
		Client knowing = Client.of(ClientSettings.DEFAULT, Client.handler("greet", String.class, JobOptions.NONE));

		knowing.jobs.enqueue("welcome", ADA);
		knowing.jobs.enqueue("welcome", null);
		knowing.jobs.enqueue("a text");
		knowing.jobs.enqueue(JobRequest.of("welcome", null));

		assertThat(knowing.store.groups()).extracting((group) -> group.jobs().get(0).spec().type().value())
			.containsExactly("welcome", "welcome", "greet", "welcome");
		assertThat(knowing.store.groups().get(1).jobs().get(0).spec().payload()).isEqualTo(Payload.EMPTY);
	}

	@Test
	void theBeanOfABoundReferenceIsLeftAlone() {
		Untouchable bean = new Untouchable();

		stores("untouchable", (jobs) -> jobs.enqueue(bean::run, ADA));
	}

	@Test
	void aReferenceThatIsNullIsRefused() {
		HandlerReference.OfBean<Mailer, User> none = null;

		assertThatNullPointerException().isThrownBy(() -> this.client.jobs.enqueue(none, ADA))
			.withMessageContaining("Mailer::welcome");
	}

	private static void stores(String type, Function<JobTemplate, JobReceipt> call) {
		Client client = Client.plain();

		assertThat(call.apply(client.jobs).status()).isEqualTo(JobReceipt.Status.STORED);
		assertThat(client.store.job().spec().type().value()).isEqualTo(type);
	}

	private static void requests(String type, JobRequest request) {
		stores(type, (jobs) -> jobs.enqueue(request));
	}

	record User(String name) {
	}

	@SuppressWarnings({ "UnusedMethod", "UnusedVariable" }) // only referred to
	static class Mailer {

		@JobHandler("welcome")
		void welcome(User user) {
		}

		@JobHandler(value = "urgent", queue = "mail", priority = 1, maxAttempts = 7, lease = "3m",
				retry = "policyOfTheWorker")
		void urgent(User user) {
		}

		@JobHandler("with-context")
		int withContext(User user, JobContext context) throws IOException {
			return 1;
		}

		@JobHandler("list")
		private String list(List<User> users) throws Throwable {
			return "";
		}

		@JobHandler("any")
		void any(Object payload) {
		}

		@JobHandler("number")
		void number(long number) {
		}

		@JobHandler("bytes")
		byte[] bytes(byte[] bytes) {
			return bytes;
		}

		@JobHandler("nullable")
		void nullable(@Nullable User user) {
		}

		@JobHandler("bare")
		void bare() {
		}

		@JobHandler("context-alone")
		void contextAlone(JobContext context) {
		}

		@JobHandler("static")
		static void ofClass(User user) {
		}

		@JobHandler("static-any-with-context")
		static void ofClassAnyWithContext(Object payload, JobContext context) {
		}

		@JobHandler("static-with-context")
		static void ofClassWithContext(User user, JobContext context) {
		}

		@JobHandler("static-bare")
		static void ofClassBare() {
		}

		@JobHandler("static-context-alone")
		static void ofClassContextAlone(JobContext context) {
		}

		@JobHandler("over-text")
		void over(String text) {
		}

		@JobHandler("over-number")
		void over(Integer number) {
		}

	}

	static final class Untouchable implements Serializable {

		@JobHandler("untouchable")
		void run(User user) {
		}

		private Object writeReplace() {
			throw new AssertionError("The bean was serialised");
		}

	}

}
