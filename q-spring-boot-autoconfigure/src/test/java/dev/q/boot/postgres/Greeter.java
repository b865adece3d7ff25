package dev.q.boot.postgres;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.q.JobHandler;
import dev.q.JobTemplate;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A handler whose runs can be waited for.
 */
@Configuration(proxyBeanMethods = false)
class Greeter {

	private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

	@JobHandler("greet")
	void greet(String name) {
		this.said.add("Hello " + name);
	}

	String next() throws InterruptedException {
		return this.said.poll(60, TimeUnit.SECONDS);
	}

	static void assertAJobRuns(ApplicationContextRunner application) {
		application.withUserConfiguration(Greeter.class).run((context) -> {
			context.getBean(JobTemplate.class).enqueue("greet", "Ada");

			assertThat(context.getBean(Greeter.class).next()).isEqualTo("Hello Ada");
		});
	}

}
