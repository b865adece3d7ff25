package dev.q.handler;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.q.HandlerReference;
import dev.q.InvalidHandlerReferenceException;
import dev.q.handler.ReferredHandlers.Broken;
import dev.q.handler.ReferredHandlers.ByHand;
import dev.q.handler.ReferredHandlers.Child;
import dev.q.handler.ReferredHandlers.Constructed;
import dev.q.handler.ReferredHandlers.LoudNode;
import dev.q.handler.ReferredHandlers.Node;
import dev.q.handler.ReferredHandlers.OrderWork;
import dev.q.handler.ReferredHandlers.Parent;
import dev.q.handler.ReferredHandlers.Promise;
import dev.q.handler.ReferredHandlers.Shown;
import dev.q.handler.ReferredHandlers.Stubborn;
import dev.q.handler.ReferredHandlers.Unbound;
import dev.q.handler.ReferredHandlers.Work;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HandlerReferencesTests {

	private final HandlerReferences references = new HandlerReferences();

	@Test
	void anInheritedMethodIsReferredToByEitherClass() {
		assertThat(type((Unbound<Parent>) Parent::plain)).isEqualTo("plain");
		assertThat(type((Unbound<Child>) Child::plain)).isEqualTo("plain");
	}

	@Test
	void anOverriddenMethodHasTheNearestMarkOfTheClassThatIsNamed() {
		assertThat(type((Unbound<Parent>) Parent::renamed)).isEqualTo("old-name");
		assertThat(type((Unbound<Child>) Child::renamed)).isEqualTo("new-name");
		assertThat(type((Unbound<Child>) Parent::renamed)).isEqualTo("new-name");
		assertThat(type((Unbound<Child>) Child::overridden)).isEqualTo("overridden");
	}

	@Test
	void aMarkOnAnInterfaceCountsForTheClassThatInheritsTheMethod() {
		assertThat(type((Unbound<Child>) Child::promised)).isEqualTo("promised");
		assertThat(type((Unbound<Promise>) Promise::promised)).isEqualTo("promised");
		refuses((Unbound<Parent>) Parent::promised, "Parent::promised", "@JobHandler");
	}

	@Test
	void aGenericMethodIsReferredToWhereItsPayloadIsDefinite() {
		HandlerReference.OfBean<OrderWork, Integer> definite = OrderWork::work;
		HandlerReference.OfBean<OrderWork, Integer> byTheBridge = Work<Integer>::work;
		HandlerReference.OfBean<Work<Integer>, Integer> open = Work<Integer>::work;

		assertThat(this.references.read(definite, 1).type().value()).isEqualTo("work");
		assertThat(this.references.read(byTheBridge, 1).type().value()).isEqualTo("work");
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> this.references.read(open, 1))
			.withMessageContaining("names no definite class");
	}

	@Test
	void aMethodOfAHiddenClassIsReferredToByTheOneThatShowsIt() {
		assertThat(type((Unbound<Shown>) Shown::shown)).isEqualTo("shown");
	}

	@Test
	void aBoundReferenceCountsAsItsDeclaredType() {
		Parent child = new Child();
		Node node = new LoudNode();

		assertThat(type((HandlerReference.Direct<String>) child::renamed)).isEqualTo("old-name");
		assertThat(this.references.read((HandlerReference.Direct<LoudNode>) node::visit, new LoudNode()).type().value())
			.isEqualTo("visit");
	}

	@Test
	void aLambdaIsRefused() {
		List<String> bound = new ArrayList<>();

		refuses((Unbound<Parent>) (parent, text) -> parent.plain(text), "a lambda in " + getClass().getName(),
				"Mailer::welcome");
		refuses((HandlerReference.Direct<String>) (text) -> bound.add(text), "a lambda in", "Mailer::welcome");
	}

	@Test
	void whatIsMadeALambdaByTheCompilerIsRefused() {
		refuses(new Child().ofSuper(), "a lambda in", "Mailer::welcome");
	}

	@Test
	void aConstructorIsRefused() {
		refuses((HandlerReference.Direct<String>) Constructed::new, "Constructed::new", "a constructor is no handler");
	}

	@Test
	void aMethodWithoutAMarkIsRefused() {
		refuses((Unbound<Parent>) Parent::unmarked, "Parent::unmarked in " + getClass().getName(),
				"no @JobHandler. Put it there");
		refuses((HandlerReference.Bare<String>) String::notify, "java.lang.Object::notify", "no @JobHandler");
	}

	@Test
	void aMethodThatCannotBeAHandlerIsRefusedAsInAScan() {
		assertThatExceptionOfType(InvalidHandlerException.class)
			.isThrownBy(() -> type((Unbound<Broken>) Broken::withoutAName))
			.withMessageContaining("Broken.withoutAName(String)")
			.withMessageContaining("value:");
		assertThatExceptionOfType(InvalidHandlerException.class)
			.isThrownBy(() -> type((Unbound<Broken>) Broken::withoutEnd))
			.withMessageContaining("lease:");
	}

	@Test
	void anObjectThatIsNoReferenceIsRefused() {
		refuses(new ByHand(), "an object of " + ByHand.class.getTypeName(), "it is no method reference");
		refuses(new Stubborn(), "an object of " + Stubborn.class.getTypeName(), "does not say what it refers to");
	}

	@Test
	void aPayloadMustGoWithTheHandler() {
		Unbound<Parent> takesText = Parent::plain;
		HandlerReference.Direct<Parent> bare = Parent::bare;

		refusesPayload(takesText, null, "takes a payload, but there is none");
		refusesPayload(takesText, 5, "takes a java.lang.String, but the payload is a java.lang.Integer");
		refusesPayload(bare, new Parent(), "takes no payload");
		assertThat(this.references.read((Unbound<Parent>) Parent::nullable, null).type().value()).isEqualTo("nullable");
	}

	@Test
	void whatCannotBeResolvedIsRefused(@TempDir Path directory) throws Exception {
		ClassLoader loader = new SourceModule(directory).loader();
		Files.delete(directory.resolve("far/Gone.class"));

		refuses(reference(loader), "far.Caller::run in far.Caller", "cannot be resolved here");
	}

	@Test
	void aModuleNeedNotBeOpen(@TempDir Path directory) throws Exception {
		HandlerReference reference = reference(new SourceModule(directory).closedModule());

		assertThat(reference.getClass().getModule().isNamed()).isTrue();
		assertThat(this.references.read(reference, "x").type().value()).isEqualTo("far");
	}

	@Test
	void anApplicationThatIsGoneIsNotHeld(@TempDir Path directory) throws Exception {
		ReferenceQueue<Object> gone = new ReferenceQueue<>();
		PhantomReference<ClassLoader> watch = readAndForget(directory, gone);

		boolean isGone = false;
		for (int i = 0; i < 100 && !isGone; i++) {
			System.gc();
			isGone = gone.remove(100) != null;
		}

		assertThat(isGone).as("%s is gone", watch).isTrue();
	}

	private PhantomReference<ClassLoader> readAndForget(Path directory, ReferenceQueue<Object> gone) throws Exception {
		ClassLoader loader = new SourceModule(directory).loader();
		assertThat(this.references.read(reference(loader), "x").type().value()).isEqualTo("far");
		return new PhantomReference<>(loader, gone);
	}

	private static HandlerReference reference(ClassLoader loader) throws Exception {
		return (HandlerReference) loader.loadClass("far.Caller").getMethod("reference").invoke(null);
	}

	private String type(HandlerReference reference) {
		String first = this.references.read(reference, "x").type().value();
		assertThat(this.references.read(reference, "x").type().value()).isEqualTo(first);
		return first;
	}

	private void refuses(HandlerReference reference, String name, String remedy) {
		assertThatExceptionOfType(InvalidHandlerReferenceException.class).isThrownBy(() -> type(reference))
			.withMessageContaining("No job can be enqueued by ")
			.withMessageContaining(name)
			.withMessageContaining(remedy);
	}

	private void refusesPayload(HandlerReference reference, @Nullable Object payload, String problem) {
		assertThatExceptionOfType(InvalidHandlerReferenceException.class)
			.isThrownBy(() -> this.references.read(reference, payload))
			.withMessageContaining(problem);
	}

}
