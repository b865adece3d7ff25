package dev.q.test.server.postgres;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A server in a container. The only class that knows Testcontainers, so that the rest
 * works without it.
 */
final class DockerPostgres {

	private static final DockerImageName IMAGE = DockerImageName.parse("postgres:18-alpine");

	private DockerPostgres() {
	}

	static boolean isAvailable() {
		return DockerClientFactory.instance().isDockerAvailable();
	}

	/**
	 * Starts a container that Testcontainers removes when this JVM is gone.
	 */
	static PostgresServer start() {
		PostgreSQLContainer container = new PostgreSQLContainer(IMAGE).withCommand("postgres", "-c", "fsync=off", "-c",
				"max_connections=200", "-c", "max_prepared_transactions=10");
		container.start();
		return PostgresServer.at(PostgresSource.DOCKER, container.getJdbcUrl(), container.getUsername(),
				container.getPassword());
	}

}
