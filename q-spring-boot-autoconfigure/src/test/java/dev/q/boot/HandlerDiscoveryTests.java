package dev.q.boot;

import dev.q.JobHandler;
import dev.q.JobTemplate;
import dev.q.handler.DuplicateHandlerException;
import dev.q.handler.InvalidHandlerException;
import dev.q.spring.JobHandlerBeans;
import org.junit.jupiter.api.Test;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class HandlerDiscoveryTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class))
		.withPropertyValues("q.worker.enabled=false");

	@Test
	void handlersOfLazyAndOfInterfaceTypedBeansAreFoundToo() {
		this.runner.withUserConfiguration(HiddenHandlers.class)
			.run((context) -> assertThat(context.getBean(JobHandlerBeans.class).get().definitions())
				.extracting((definition) -> definition.type().value())
				.containsExactlyInAnyOrder("lazy", "behind-interface"));
	}

	@Test
	void twoHandlersOfOneTypeFailTheStartAndAreBothNamed() {
		this.runner.withUserConfiguration(One.class, Twin.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(DuplicateHandlerException.class)
				.hasMessageContaining("One.greet")
				.hasMessageContaining("Twin.greetToo"));
	}

	@Test
	void aMisspeltRetryPolicyFailsTheStart() {
		this.runner.withUserConfiguration(Misspelt.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidHandlerException.class)
				.hasMessageContaining("sidekick")
				.hasMessageContaining("sidekiq"));
	}

	@Test
	void aFinalMethodOfABeanBehindAProxyFailsTheStart() {
		this.runner.withUserConfiguration(Proxied.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidHandlerException.class)
				.hasMessageContaining("FinalHandler.handle")
				.hasMessageContaining("\"proxiedHandler\"")
				.hasMessageContaining("not final"));
	}

	@Test
	void aFinalMethodOfABeanWithoutProxyIsAHandler() {
		this.runner.withBean(FinalHandler.class)
			.run((context) -> assertThat(context.getBean(JobHandlerBeans.class).get().definitions()).hasSize(1));
	}

	@Test
	void anEnqueueBeforeAllBeansAreThereSaysWhatToDo() {
		this.runner.withUserConfiguration(Hasty.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("Enqueue from an ApplicationRunner, or later")
				.hasMessageNotContaining("name the type"));
	}

	@Test
	void handlersAreNotKnownWhileBeansAreBeingMade() {
		this.runner.run((context) -> {
			JobHandlerBeans early = new JobHandlerBeans(
					context.getSourceApplicationContext(GenericApplicationContext.class)
						.getDefaultListableBeanFactory(),
					null);

			assertThatIllegalStateException().isThrownBy(early::get);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class One {

		@JobHandler("greet")
		void greet(String name) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Twin {

		@JobHandler("greet")
		void greetToo(String name) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Misspelt {

		@JobHandler(value = "any", retry = "sidekick")
		void any() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HiddenHandlers {

		@Bean
		@Lazy
		LazyHandler lazyHandler() {
			return new LazyHandler();
		}

		@Bean
		Runnable behindInterface() {
			return new BehindInterface();
		}

	}

	static class LazyHandler {

		@JobHandler("lazy")
		void handle() {
		}

	}

	static class BehindInterface implements Runnable {

		@Override
		@JobHandler("behind-interface")
		public void run() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Proxied {

		@Bean
		FinalHandler proxiedHandler() {
			ProxyFactory factory = new ProxyFactory(new FinalHandler());
			factory.setProxyTargetClass(true);
			return (FinalHandler) factory.getProxy();
		}

	}

	static class FinalHandler {

		@JobHandler("final")
		final void handle() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Hasty {

		Hasty(JobTemplate jobs) {
			jobs.enqueue("greet", "too early");
		}

	}

}
