package dev.q.handler;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.q.JobContext;
import dev.q.JobOptions;
import dev.q.JobType;
import dev.q.UnknownJobTypeException;
import dev.q.codec.JacksonPayloadCodec;
import dev.q.codec.PayloadException;
import dev.q.job.Payload;
import dev.q.job.TypeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.type.TypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HandlerRegistryTests {

	private static final Type TEXTS = new TypeReference<List<String>>() {
	}.getType();

	@Test
	void aHandlerIsFoundByItsType() {
		HandlerDefinition mail = handler("mail", String.class);
		HandlerRegistry registry = HandlerRegistry.of(List.of(mail, handler("sms", String.class)));

		assertThat(registry.find(new TypeName("mail"))).containsSame(mail);
		assertThat(registry.find(new TypeName("fax"))).isEmpty();
		assertThat(registry.definitions()).extracting((each) -> each.type().value()).containsExactly("mail", "sms");
	}

	@Test
	void anEmptyRegistryKnowsNothing() {
		HandlerRegistry registry = HandlerRegistry.of(List.of());

		assertThat(registry.find(new TypeName("mail"))).isEmpty();
		assertThat(registry.definitions()).isEmpty();
	}

	@Test
	void twoHandlersOfOneTypeAreRefusedByName() {
		List<HandlerDefinition> twice = List.of(
				new HandlerDefinition(new TypeName("mail"), null, JobOptions.NONE, new Idle(false), "Old.run()"),
				new HandlerDefinition(new TypeName("mail"), null, JobOptions.NONE, new Idle(false), "New.run()"));

		assertThatExceptionOfType(DuplicateHandlerException.class).isThrownBy(() -> HandlerRegistry.of(twice))
			.withMessageContaining("type mail")
			.withMessageContaining("Old.run()")
			.withMessageContaining("New.run()");
	}

	@Test
	void theMarkOfAPayloadClassGoesFirst() {
		HandlerRegistry registry = HandlerRegistry.of(List.of(handler("other", Marked.class)));

		assertThat(registry.typeOf(new Marked())).isEqualTo(new TypeName("marked"));
		assertThat(registry.typeOf(new BelowMarked())).isEqualTo(new TypeName("marked"));
	}

	@Test
	void aMarkThatIsNoNameIsReportedWithItsClass() {
		assertThatExceptionOfType(UnknownJobTypeException.class)
			.isThrownBy(() -> HandlerRegistry.of(List.of()).typeOf(new WronglyMarked()))
			.withMessageContaining(WronglyMarked.class.getTypeName())
			.withMessageContaining("'no name'");
	}

	@Test
	void theHandlerOfExactlyThisClassGoesBeforeThoseOfSupertypes() {
		HandlerRegistry registry = HandlerRegistry
			.of(List.of(handler("any", Object.class), handler("number", Number.class), handler("int", int.class)));

		assertThat(registry.typeOf(3)).isEqualTo(new TypeName("int"));
		assertThat(registry.typeOf("text")).isEqualTo(new TypeName("any"));
	}

	@Test
	void aGenericPayloadIsKnownByItsRawClass() {
		HandlerRegistry registry = HandlerRegistry.of(List.of(handler("texts", TEXTS), handler("none", null)));

		assertThat(registry.typeOf(new ArrayList<String>())).isEqualTo(new TypeName("texts"));
	}

	@Test
	void aPayloadThatNobodyTakesIsRefusedWithTheRemedy() {
		HandlerRegistry registry = HandlerRegistry.of(List.of(handler("number", Number.class)));

		assertThatExceptionOfType(UnknownJobTypeException.class).isThrownBy(() -> registry.typeOf("text"))
			.withMessageContaining("java.lang.String")
			.withMessageContaining("enqueue(\"the-type\", payload)")
			.withMessageContaining("@JobType");
	}

	@Test
	void aPayloadThatSeveralTakeIsRefusedWithAllOfThem() {
		HandlerRegistry twins = HandlerRegistry.of(List.of(handler("one", String.class), handler("two", String.class)));
		HandlerRegistry above = HandlerRegistry
			.of(List.of(handler("number", Number.class), handler("comparable", Comparable.class)));

		assertThatExceptionOfType(UnknownJobTypeException.class).isThrownBy(() -> twins.typeOf("text"))
			.withMessageContaining("one (origin of one), two (origin of two)")
			.withMessageContaining("Name the type");
		assertThatExceptionOfType(UnknownJobTypeException.class).isThrownBy(() -> above.typeOf(3))
			.withMessageContaining("number")
			.withMessageContaining("comparable");
	}

	@Test
	void bytesNeverSayTheirType() {
		HandlerRegistry registry = HandlerRegistry.of(List.of(handler("bytes", byte[].class)));

		assertThatExceptionOfType(UnknownJobTypeException.class).isThrownBy(() -> registry.typeOf(new byte[] { 1 }))
			.withMessageContaining("Name the type");
		assertThatExceptionOfType(UnknownJobTypeException.class).isThrownBy(() -> registry.typeOf(Payload.EMPTY));
	}

	@Test
	@Timeout(30)
	void typesAreFoundByManyThreadsAtOnce() throws Exception {
		HandlerRegistry registry = HandlerRegistry
			.of(List.of(handler("number", Number.class), handler("text", CharSequence.class)));
		ExecutorService threads = Executors.newFixedThreadPool(8);

		List<Future<Boolean>> answers = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			answers.add(threads.submit(() -> registry.typeOf("x").value().equals("text")
					&& registry.typeOf(1).value().equals("number") && registry.typeOf(1L).value().equals("number")));
		}

		for (Future<Boolean> answer : answers) {
			assertThat(answer.get()).isTrue();
		}
		threads.shutdown();
	}

	@Test
	void aPayloadIsReadAsTheHandlerTakesIt() {
		JacksonPayloadCodec codec = JacksonPayloadCodec.standard();

		assertThat(handler("texts", TEXTS).read(codec.encode(List.of("a")), codec)).isEqualTo(List.of("a"));
		assertThat(handler("none", null).read(codec.encode("ignored"), codec)).isNull();
	}

	@Test
	void aMissingPayloadIsRefusedUnlessTheHandlerAcceptsNull() {
		JacksonPayloadCodec codec = JacksonPayloadCodec.standard();
		HandlerDefinition open = new HandlerDefinition(new TypeName("t"), String.class, JobOptions.NONE, new Idle(true),
				"here");

		assertThat(open.read(Payload.EMPTY, codec)).isNull();
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> handler("mail", String.class).read(Payload.EMPTY, codec))
			.withMessageContaining("origin of mail")
			.withMessageContaining("@Nullable");
	}

	@Test
	void aHandlerOfAnyTypeIsFoundByEach() {
		HandlerDefinition all = handler("default", String.class);
		HandlerRegistry registry = HandlerRegistry.ofAnyType(all);

		assertThat(registry.find(new TypeName("default"))).containsSame(all);
		assertThat(registry.find(new TypeName("fax"))).containsSame(all);
		assertThat(registry.definitions()).containsExactly(all);
	}

	@Test
	void aTypeIsDeclaredByAClassOrItsSuperclassAlone() {
		assertThat(HandlerRegistry.declaredTypeOf(new BelowMarked())).contains(new TypeName("marked"));
		assertThat(HandlerRegistry.declaredTypeOf("text")).isEmpty();
		assertThat(HandlerRegistry.declaredTypeOf(new byte[0])).isEmpty();
	}

	private static HandlerDefinition handler(String type, @Nullable Type payload) {
		return new HandlerDefinition(new TypeName(type), payload, JobOptions.NONE, new Idle(false),
				"origin of " + type);
	}

	private record Idle(boolean acceptsNull) implements HandlerInvoker {

		@Override
		public @Nullable Object invoke(@Nullable Object payload, JobContext context) {
			return null;
		}

	}

	@JobType("marked")
	static class Marked {

	}

	static class BelowMarked extends Marked {

	}

	@JobType("no name")
	static class WronglyMarked {

	}

}
