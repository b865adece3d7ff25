package dev.q.sample.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.q.event.JobEvent;
import dev.q.event.JobListener;
import dev.q.sample.SampleApplication;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application as a server, and a client of it.
 */
public final class HttpSample implements AutoCloseable {

	private static final String JSON = "application/json";

	private final HttpClient client = HttpClient.newHttpClient();

	private final ConfigurableApplicationContext application;

	private HttpSample(ConfigurableApplicationContext application) {
		this.application = application;
	}

	public static HttpSample start(Path root, String... more) {
		List<String> args = new ArrayList<>(List.of("--server.port=0", "--sample.root=" + root));
		args.addAll(List.of(more));
		return new HttpSample(new SpringApplicationBuilder(SampleApplication.class, Ears.class).logStartupInfo(false)
			.profiles("test")
			.run(args.toArray(String[]::new)));
	}

	public <T> T bean(Class<T> type) {
		return this.application.getBean(type);
	}

	boolean has(Class<?> type) {
		return this.application.getBeanNamesForType(type).length > 0;
	}

	public Answer get(String path) throws IOException, InterruptedException {
		return send(request(path).build());
	}

	/**
	 * Waits for the end of a scan.
	 */
	Answer await(Answer accepted) throws IOException, InterruptedException {
		Answer answer = accepted;
		while (answer.status() <= 202 && answer.text("state").equals("RUNNING")) {
			answer = get(accepted.header("Location") + "?wait=10s");
		}
		return answer;
	}

	Answer scan(String folder) throws IOException, InterruptedException {
		return scan(folder, "*/*");
	}

	Answer scan(String folder, String accept) throws IOException, InterruptedException {
		String body = JsonMapper.shared().writeValueAsString(Map.of("path", folder));
		return send(posting("/scans", body).header("Content-Type", JSON).header("Accept", accept).build());
	}

	public Answer post(String path, String body) throws IOException, InterruptedException {
		return post(path, body, JSON);
	}

	Answer post(String path, String body, String type) throws IOException, InterruptedException {
		return send(posting(path, body).header("Content-Type", type).build());
	}

	private HttpRequest.Builder posting(String path, String body) {
		return request(path).POST(BodyPublishers.ofString(body));
	}

	private HttpRequest.Builder request(String path) {
		int port = ((WebServerApplicationContext) this.application).getWebServer().getPort();
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
	}

	private Answer send(HttpRequest request) throws IOException, InterruptedException {
		HttpResponse<String> response = this.client.send(request, HttpResponse.BodyHandlers.ofString());
		return new Answer(response);
	}

	@Override
	public void close() {
		this.application.close();
	}

	/**
	 * Hears which jobs have ended.
	 */
	static class Ears implements JobListener {

		private final Semaphore ends = new Semaphore(0);

		/**
		 * Hears of all jobs but those of files and reports.
		 */
		@Override
		public void onEvent(JobEvent event) {
			boolean ended = event instanceof JobEvent.Succeeded || event instanceof JobEvent.Died;
			if (ended && Set.of("scan", "drills").contains(event.spec().queue().value())) {
				this.ends.release();
			}
		}

		void await(int count) throws InterruptedException {
			assertThat(this.ends.tryAcquire(count, 20, TimeUnit.SECONDS)).as("%d ends", count).isTrue();
		}

	}

	/**
	 * What the server said.
	 */
	public record Answer(HttpResponse<String> response) {

		public int status() {
			return this.response.statusCode();
		}

		@Nullable String header(String name) {
			return this.response.headers().firstValue(name).orElse(null);
		}

		String body() {
			return this.response.body();
		}

		JsonNode json() {
			return JsonMapper.shared().readTree(body());
		}

		public String text(String field) {
			return json().path(field).asString();
		}

	}

}
