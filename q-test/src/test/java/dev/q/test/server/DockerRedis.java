package dev.q.test.server;

import java.net.URI;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A server in a container. The only class that knows Testcontainers, so that the rest
 * works without it.
 */
final class DockerRedis {

	private static final DockerImageName IMAGE = DockerImageName.parse("redis:7.2-alpine");

	private static final int PORT = 6379;

	private DockerRedis() {
	}

	static boolean isAvailable() {
		return DockerClientFactory.instance().isDockerAvailable();
	}

	/**
	 * Starts a container that Testcontainers removes when this JVM is gone.
	 */
	static URI start() {
		GenericContainer<?> container = new GenericContainer<>(IMAGE).withExposedPorts(PORT);
		container.start();
		return RedisServer.urlOf(container.getHost(), container.getMappedPort(PORT));
	}

}
