package dev.q.test.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.q.test.contract.StoreContract;
import dev.q.test.contract.StoreFixture;
import dev.q.test.server.RedisProcess;
import dev.q.test.server.RedisServers;
import dev.q.test.server.RedisSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * The contract as a user who may do no more than the documentation says, on the oldest
 * Redis that is promised.
 */
@Tag("deep")
class RedisAclContractTests extends StoreContract {

	private static RedisProcess server;

	@BeforeAll
	static void start() {
		server = RedisServers.startFrom(RedisSource.ARTIFACT, rule("kit-*"));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	/** The rule of the documentation, for another namespace. */
	static String rule(String namespace) {
		try {
			return Files.readAllLines(Path.of("..", "docs", "redis.md"))
				.stream()
				.filter((line) -> line.startsWith("user q "))
				.findFirst()
				.orElseThrow()
				.replace("~q:*", "~" + namespace + ":*")
				.replace("&q:", "&" + namespace + ":");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	protected StoreFixture open() {
		return new RedisStoreFixture(RedisTarget.standalone(server.server()).as("q", "secret"));
	}

}
