package dev.q.boot;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.List;

import dev.q.JobHandler;
import dev.q.handler.HandlerDefinition;
import dev.q.spring.JobHandlerBeans;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class ScopedHandlerTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(QAutoConfiguration.class))
		.withPropertyValues("q.worker.enabled=false");

	@Test
	void aHandlerBehindAScopedClassProxyKeepsItsPayloadTypeAndMayTakeNull() {
		with(ByClass.class).run((context) -> {
			HandlerDefinition items = handler(context, "items");
			HandlerDefinition perhaps = handler(context, "perhaps");

			assertThat(items.payloadType()).extracting(Type::getTypeName)
				.isEqualTo("java.util.List<%s>".formatted(Item.class.getTypeName()));
			assertThat(perhaps.invoker().acceptsNull()).isTrue();
			assertThat(items.invoker().invoke(List.of(new Item(7)), null)).isEqualTo(7);
		});
	}

	@Test
	void aHandlerBehindAScopedInterfaceProxyIsFoundAndCalledThroughIt() {
		with(ByInterface.class)
			.run((context) -> assertThat(handler(context, "by-interface").invoker().invoke("a", null)).isEqualTo("a!"));
	}

	@Test
	void aBeanWhoseMethodsCannotBeResolvedIsLeftAlone() throws ReflectiveOperationException {
		Object odd = new Incomplete().loadClass(Odd.class.getName()).getDeclaredConstructor().newInstance();

		this.runner.withInitializer((context) -> context.getBeanFactory().registerSingleton("odd", odd))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private ApplicationContextRunner with(Class<?> component) {
		return this.runner
			.withInitializer((context) -> new AnnotatedBeanDefinitionReader((GenericApplicationContext) context)
				.register(component));
	}

	private static HandlerDefinition handler(AssertableApplicationContext context, String type) {
		return context.getBean(JobHandlerBeans.class)
			.get()
			.definitions()
			.stream()
			.filter((definition) -> definition.type().value().equals(type))
			.findFirst()
			.orElseThrow();
	}

	record Item(int number) {
	}

	@Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class ByClass {

		@JobHandler("items")
		int items(List<Item> items) {
			return items.get(0).number();
		}

		@JobHandler("perhaps")
		void perhaps(@Nullable String text) {
		}

	}

	interface Shouting {

		String shout(String text);

	}

	@Scope(value = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
	static class ByInterface implements Shouting {

		@Override
		@JobHandler("by-interface")
		public String shout(String text) {
			return text + "!";
		}

	}

	public static class Missing {

	}

	public static class Odd {

		public void take(Missing missing) {
		}

	}

	/**
	 * Knows one class and lacks another that the first one mentions, as with an optional
	 * library that is not there.
	 */
	private static final class Incomplete extends ClassLoader {

		Incomplete() {
			super(ScopedHandlerTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.equals(Missing.class.getName())) {
				throw new ClassNotFoundException(name);
			}
			Class<?> loaded = findLoadedClass(name);
			if (loaded != null || !name.equals(Odd.class.getName())) {
				return (loaded != null) ? loaded : super.loadClass(name, resolve);
			}
			try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
				byte[] bytes = in.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
