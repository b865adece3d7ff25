package dev.q.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.q.JobRequest;
import dev.q.hook.EnqueueInterceptor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EnqueueInterceptorTests {

	private final List<String> asked = new ArrayList<>();

	@Test
	void eachMayAddToWhatTheOneBeforeHasAnswered() {
		Client client = intercepted(
				(request) -> note("first", request.with((options) -> options.header("tenant", "a").priority(2))),
				(request) -> note("second", request.with((options) -> options.tag("seen").header("by", "second"))));

		client.jobs.enqueue(JobRequest.of("mail", "Ada").with((options) -> options.header("own", "1")));

		assertThat(this.asked).containsExactly("first", "second");
		assertThat(client.store.job().spec().headers()).isEqualTo(Map.of("own", "1", "tenant", "a", "by", "second"));
		assertThat(client.store.job().spec().tags()).containsExactly("seen");
		assertThat(client.store.job().spec().priority()).isEqualTo(2);
	}

	@Test
	void oneThatThrowsRefusesAllOfACall() {
		Client client = intercepted((request) -> {
			if (request.payload() instanceof String text && text.equals("bad")) {
				throw new SecurityException("not allowed");
			}
			return request;
		});
		List<JobRequest> requests = List.of(JobRequest.of("mail", "good"), JobRequest.of("mail", "bad"));

		assertThatExceptionOfType(SecurityException.class).isThrownBy(() -> client.jobs.enqueueAll(requests));
		assertThatExceptionOfType(SecurityException.class)
			.isThrownBy(() -> client.jobs.enqueueAsync(JobRequest.of("mail", "bad")));
		assertThat(client.store.inserts()).isEmpty();
	}

	@Test
	@SuppressWarnings("NullAway") // what an application may do wrong
	void oneThatAnswersNullIsNamed() {
		Client client = intercepted(new Forgetful());

		assertThatIllegalStateException().isThrownBy(() -> client.jobs.enqueue("mail", "Ada"))
			.withMessageContaining(Forgetful.class.getName());
		assertThat(client.store.inserts()).isEmpty();
	}

	private JobRequest note(String name, JobRequest request) {
		this.asked.add(name);
		return request;
	}

	private static Client intercepted(EnqueueInterceptor... interceptors) {
		return Client.of(ClientSettings.DEFAULT.withInterceptors(List.of(interceptors)));
	}

	private static final class Forgetful implements EnqueueInterceptor {

		@Override
		@SuppressWarnings("NullAway") // what an application may do wrong
		public JobRequest beforeEnqueue(JobRequest request) {
			return null;
		}

	}

}
