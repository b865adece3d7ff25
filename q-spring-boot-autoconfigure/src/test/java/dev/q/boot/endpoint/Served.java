package dev.q.boot.endpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.q.JobTemplate;
import dev.q.admin.JobAdmin;
import dev.q.schedule.Schedules;
import dev.q.store.JobStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application with a server of its own, and its endpoint {@code q} over HTTP.
 */
final class Served implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final ConfigurableApplicationContext context;

	private final HttpClient client = HttpClient.newHttpClient();

	Served(String... properties) {
		this(List.of(), properties);
	}

	Served(List<Class<?>> beans, String... properties) {
		Class<?>[] sources = Stream.concat(Stream.of(Application.class), beans.stream()).toArray(Class<?>[]::new);
		String[] all = Stream.concat(Stream.of("server.port=0", "q.worker.enabled=false", "spring.main.banner-mode=off",
				"management.endpoints.web.exposure.include=q"), Stream.of(properties))
			.toArray(String[]::new);
		this.context = new SpringApplicationBuilder(sources).web(WebApplicationType.SERVLET).properties(all).run();
	}

	/** One that may change things. */
	static Served unrestricted(String... properties) {
		return new Served(Stream.concat(Stream.of("management.endpoint.q.access=unrestricted"), Stream.of(properties))
			.toArray(String[]::new));
	}

	JobTemplate jobs() {
		return this.context.getBean(JobTemplate.class);
	}

	JobAdmin admin() {
		return this.context.getBean(JobAdmin.class);
	}

	JobStore store() {
		return this.context.getBean(JobStore.class);
	}

	Schedules schedules() {
		return this.context.getBean(Schedules.class);
	}

	Answer get(String path) {
		return send(request(path).GET());
	}

	Answer post(String path, Map<String, ?> body) {
		return send(request(path).header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
	}

	Answer delete(String path) {
		return send(request(path).DELETE());
	}

	private HttpRequest.Builder request(String path) {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator" + path));
	}

	private Answer send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = this.client.send(request.build(), BodyHandlers.ofString());
			boolean isJson = response.headers().firstValue("Content-Type").orElse("").contains("json");
			return new Answer(response.statusCode(), isJson ? JSON.readTree(response.body()) : JSON.nullNode(),
					response.body());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * What came back.
	 */
	record Answer(int status, JsonNode body, String text) {

		String error() {
			return this.body.path("error").asString("");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { DataSourceAutoConfiguration.class, HibernateJpaAutoConfiguration.class,
			FlywayAutoConfiguration.class, LiquibaseAutoConfiguration.class })
	static class Application {

	}

}
