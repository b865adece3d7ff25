package dev.q.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.q.drill.Drill;

/**
 * The packaged sample as a server in a process of its own, with the {@link Drill} beside
 * it.
 */
final class SampleServer implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final HttpClient client = HttpClient.newHttpClient();

	private final Process process;

	private final Lines ledger;

	private final Lines log;

	private SampleServer(Process process) {
		this.process = process;
		this.ledger = Lines.of(process.getInputStream(), PATIENCE);
		this.log = Lines.of(process.getErrorStream(), PATIENCE);
	}

	/**
	 * Starts the jar.
	 */
	static SampleServer start(Path root, String... args) throws Exception {
		Path drill = Path.of(Drill.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		ProcessBuilder process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Dloader.path=" + drill, "-cp", jar(),
				"org.springframework.boot.loader.launch.PropertiesLauncher", "--server.port=0", "--sample.root=" + root,
				"--spring.main.sources=" + Drill.class.getName());
		process.command().addAll(List.of(args));
		return new SampleServer(process.start());
	}

	private static String jar() {
		return Objects.requireNonNull(System.getProperty("sample.jar"),
				"No jar is named by the property sample.jar; mvn verify builds it and names it");
	}

	Lines ledger() {
		return this.ledger;
	}

	Lines log() {
		return this.log;
	}

	/**
	 * Where it listens, once it does.
	 */
	URI address() throws InterruptedException {
		return URI.create("http://127.0.0.1:" + this.log.await("Tomcat started on port (\\d+) ").group(1));
	}

	CompletableFuture<HttpResponse<String>> get(String path) throws InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(address().resolve(path)).build();
		return this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
	}

	CompletableFuture<HttpResponse<String>> scan(String folder) throws InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(address().resolve("/scans"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"path\": \"%s\"}".formatted(folder)))
			.build();
		return this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
	}

	/**
	 * Lets the handlers of the drill go on.
	 */
	void openGate() throws IOException {
		OutputStream in = this.process.getOutputStream();
		in.write('\n');
		in.flush();
	}

	/**
	 * Sends SIGTERM. {@code Process.destroy()} would close the streams as well.
	 */
	void terminate() {
		this.process.toHandle().destroy();
	}

	/**
	 * Waits until the process has ended and all it wrote is read.
	 * @return its exit code
	 */
	int awaitExit() throws Exception {
		this.process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		return this.process.exitValue();
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
