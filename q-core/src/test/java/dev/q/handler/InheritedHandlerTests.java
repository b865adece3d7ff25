package dev.q.handler;

import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.job.TypeName;
import dev.q.retry.RetryPolicies;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InheritedHandlerTests {

	private final HandlerScanner scanner = new HandlerScanner(new RetryPolicies(Map.of(), new Random(1)));

	@Test
	void anInheritedMethodIsAHandler() throws Exception {
		assertThat(types(new Child(), Child.class)).containsExactlyInAnyOrder("plain", "overridden", "renamed",
				"fromInterface", "privateTwice", "privateTwiceInChild");
		assertThat(call(new Child(), "plain", "x", new FixedContext())).isEqualTo("parent");
	}

	@Test
	void anOverriddenMethodIsOneHandlerWithTheNearestMark() throws Exception {
		assertThat(call(new Child(), "overridden", "x", new FixedContext())).isEqualTo("child");
		assertThat(call(new Child(), "renamed", "x", new FixedContext())).isEqualTo("child renamed");
	}

	@Test
	void privateMethodsOfTheSameNameAreTwo() throws Exception {
		assertThat(call(new Child(), "privateTwice", "x", new FixedContext())).isEqualTo("parent's own");
		assertThat(call(new Child(), "privateTwiceInChild", "x", new FixedContext())).isEqualTo("child's own");
	}

	@Test
	void aMarkOnAGenericMethodIsTakenOverWithTheTypeThatTheSubclassNames() throws Exception {
		HandlerDefinition definition = find(new OrderWork(), "work");

		assertThat(this.scanner.scan(new OrderWork(), OrderWork.class)).hasSize(1);
		assertThat(definition.payloadType()).isEqualTo(Integer.class);
		assertThat(definition.invoker().invoke(4, new FixedContext())).isEqualTo(5);
	}

	@Test
	void aPublicMethodOfAHiddenClassIsOneHandler() throws Exception {
		assertThat(types(new Shown(), Shown.class)).containsExactly("shown");
		assertThat(call(new Shown(), "shown", "x", new FixedContext())).isEqualTo("from the hidden class");
	}

	@Test
	void anInterfaceIsScannedForProxies() throws Exception {
		assertThat(types(new Child(), Marked.class)).containsExactly("fromInterface");
	}

	private @Nullable Object call(Object bean, String type, Object payload, JobContext context) throws Exception {
		return find(bean, type).invoker().invoke(payload, context);
	}

	private HandlerDefinition find(Object bean, String type) {
		return HandlerRegistry.of(this.scanner.scan(bean, bean.getClass())).find(new TypeName(type)).orElseThrow();
	}

	private List<String> types(Object bean, Class<?> type) {
		return this.scanner.scan(bean, type).stream().map((definition) -> definition.type().value()).toList();
	}

	interface Marked {

		@JobHandler("fromInterface")
		default String fromInterface() {
			return "interface";
		}

	}

	static class Parent {

		@JobHandler("plain")
		String plain(String text) {
			return "parent";
		}

		@JobHandler("overridden")
		String overridden(String text) {
			return "parent";
		}

		@JobHandler("old-name")
		String renamed(String text) {
			return "parent";
		}

		@JobHandler("privateTwice")
		@SuppressWarnings("UnusedMethod") // found by its annotation
		private String twice() {
			return "parent's own";
		}

	}

	static class Child extends Parent implements Marked {

		@Override
		String overridden(String text) {
			return "child";
		}

		@Override
		@JobHandler("renamed")
		String renamed(String text) {
			return "child renamed";
		}

		@JobHandler("privateTwiceInChild")
		@SuppressWarnings("UnusedMethod") // found by its annotation
		private String twice() {
			return "child's own";
		}

	}

	abstract static class Work<T> {

		@JobHandler("work")
		abstract Object work(T payload);

	}

	static class OrderWork extends Work<Integer> {

		@Override
		Integer work(Integer payload) {
			return payload + 1;
		}

	}

	interface Shows {

		String shown(String text);

	}

	static class Hidden implements Shows {

		@Override
		@JobHandler("shown")
		public String shown(String text) {
			return "from the hidden class";
		}

	}

	public static class Shown extends Hidden {

	}

}
