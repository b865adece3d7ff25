package dev.q.boot.endpoint;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.q.JobOptions;
import dev.q.JobRequest;
import dev.q.admin.audit.AuditEvent;
import dev.q.admin.audit.AuditListener;
import dev.q.boot.endpoint.Served.Answer;
import dev.q.job.JobId;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may see and do what by the endpoint.
 */
class QEndpointExposureTests {

	@Test
	void nothingIsExposedUnlessTheApplicationSaysSo() {
		try (Served served = new Served("management.endpoints.web.exposure.include=health")) {
			assertThat(served.get("/q").status()).isEqualTo(404);
			assertThat(served.get("/q/jobs").status()).isEqualTo(404);
		}
	}

	@Test
	void whatIsExposedOnlyLooksUnlessAccessIsUnrestricted() {
		try (Served served = new Served()) {
			JobId id = enqueue(served);

			assertThat(served.get("/q/jobs/" + id).status()).isEqualTo(200);
			assertThat(served.post("/q/jobs/" + id, Map.of("action", "cancel")).status()).isEqualTo(405);
			assertThat(served.post("/q/jobs", Map.of("action", "cancel")).status()).isEqualTo(405);
			assertThat(served.delete("/q/jobs/" + id).status()).isEqualTo(405);
		}
	}

	@Test
	void accessIsNoneIfTheApplicationSaysSo() {
		try (Served served = new Served("management.endpoint.q.access=none")) {
			assertThat(served.get("/q").status()).isEqualTo(404);
		}
	}

	@Test
	void payloadsAreShownIfTheApplicationSaysSo() {
		try (Served served = new Served("management.endpoint.q.show-payloads=always")) {
			JobId id = enqueue(served);

			assertThat(served.get("/q/jobs/" + id).body().at("/payload/text").asString()).isEqualTo("\"a secret\"");
			assertThat(served.get("/q/jobs").text()).contains("a secret");
		}
	}

	@Test
	void payloadsAreShownToThoseWhoAreAuthorized() {
		try (Served served = new Served("management.endpoint.q.show-payloads=when-authorized")) {
			assertThat(served.get("/q/jobs/" + enqueue(served)).text()).doesNotContain("secret");
		}
		try (Served served = new Served(List.of(LoggedIn.class), "management.endpoint.q.show-payloads=when-authorized",
				"management.endpoint.q.roles=operator")) {
			assertThat(served.get("/q/jobs/" + enqueue(served)).text()).contains("secret");
		}
		try (Served served = new Served(List.of(LoggedIn.class), "management.endpoint.q.show-payloads=when-authorized",
				"management.endpoint.q.roles=chief")) {
			assertThat(served.get("/q/jobs/" + enqueue(served)).text()).doesNotContain("secret");
		}
	}

	@Test
	void theAuditSaysWhoWasLoggedIn() {
		try (Served served = new Served(List.of(LoggedIn.class), "management.endpoint.q.access=unrestricted")) {
			Answer answer = served.post("/q/jobs/" + enqueue(served), Map.of("action", "cancel"));

			assertThat(answer.status()).isEqualTo(200);
			assertThat(LoggedIn.HEARD).last().satisfies((event) -> {
				assertThat(event.who()).isEqualTo("ada");
				assertThat(event.act().name()).isEqualTo("cancel");
			});
		}
	}

	@Test
	void aPausedQueueShowsWhoWasLoggedIn() {
		try (Served served = new Served(List.of(LoggedIn.class), "management.endpoint.q.access=unrestricted")) {
			enqueue(served);
			served.post("/q/queues/mail", Map.of("action", "pause"));

			JsonNode queue = served.get("/q/queues/mail").body();

			assertThat(queue.path("pause").asString()).isEqualTo("OUT");
			assertThat(queue.path("pausedBy").asString()).isEqualTo("ada");
			assertThat(queue.path("pausedSince").asString()).endsWith("Z");
		}
	}

	private static JobId enqueue(Served served) {
		return served.jobs().with(JobOptions.NONE.queue("mail")).enqueue(JobRequest.of("send", "a secret")).id();
	}

	@Configuration(proxyBeanMethods = false)
	static class LoggedIn {

		static final List<AuditEvent> HEARD = new CopyOnWriteArrayList<>();

		@Bean
		Filter ada() {
			return (request, response, chain) -> chain.doFilter(new Ada((HttpServletRequest) request), response);
		}

		@Bean
		AuditListener heard() {
			return HEARD::add;
		}

	}

	private static final class Ada extends HttpServletRequestWrapper {

		Ada(HttpServletRequest request) {
			super(request);
		}

		@Override
		public Principal getUserPrincipal() {
			return () -> "ada";
		}

		@Override
		public boolean isUserInRole(String role) {
			return role.equals("operator");
		}

	}

}
