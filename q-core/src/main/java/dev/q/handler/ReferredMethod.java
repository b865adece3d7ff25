package dev.q.handler;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Arrays;

import dev.q.HandlerReference;
import dev.q.InvalidHandlerReferenceException;
import dev.q.JobOptions;
import org.jspecify.annotations.Nullable;

/**
 * The method that a reference refers to, as the JDK would write it down.
 */
final class ReferredMethod {

	private static final String REMEDY = "Give a reference to a @JobHandler method, such as Mailer::welcome, or name the type: enqueue(\"the-type\", payload)";

	/** A retry policy may be a bean of the worker's application. */
	private static final HandlerAttributes ATTRIBUTES = new HandlerAttributes((retry) -> {
	});

	private final SerializedLambda form;

	private final ClassLoader loader;

	private ReferredMethod(SerializedLambda form, ClassLoader loader) {
		this.form = form;
		this.loader = loader;
	}

	static ReferredMethod of(HandlerReference reference) {
		Class<?> type = reference.getClass();
		if (Form.of(reference) instanceof SerializedLambda form) {
			return new ReferredMethod(form, type.getClassLoader());
		}
		throw new InvalidHandlerReferenceException("an object of " + type.getTypeName(),
				"it is no method reference. " + REMEDY, null);
	}

	ReferredHandler handler() {
		if (this.form.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial) {
			throw refused("a constructor is no handler. " + REMEDY, null);
		}
		try {
			HandlerMethods.Marked marked = marked(method());
			HandlerSignature signature = HandlerSignature.of(marked.method());
			JobOptions options = ATTRIBUTES.options(signature.origin(), marked.mark());
			return ReferredHandler.of(new HandlerMark(ATTRIBUTES.type(signature.origin(), marked.mark()), options),
					signature);
		}
		catch (ClassNotFoundException | TypeNotPresentException | LinkageError ex) {
			throw refused(
					"it cannot be resolved here (%s). Put what it needs on the class path, or name the type: enqueue(\"the-type\", payload)"
						.formatted(ex),
					ex);
		}
	}

	private Method method() throws ClassNotFoundException {
		Class<?>[] parameters = type(this.form.getImplMethodSignature()).parameterArray();
		for (Class<?> each : HandlerMethods.lineage(owner())) {
			for (Method method : each.getDeclaredMethods()) {
				if (method.getName().equals(this.form.getImplMethodName())
						&& Arrays.equals(method.getParameterTypes(), parameters)) {
					return requireInSource(method);
				}
			}
		}
		throw unmarked();
	}

	private Method requireInSource(Method method) {
		if (method.isSynthetic() && !method.isBridge()) {
			throw new InvalidHandlerReferenceException("a lambda in " + className(this.form.getCapturingClass()),
					"a lambda has no name that could be stored. " + REMEDY, null);
		}
		return method;
	}

	private HandlerMethods.Marked marked(Method method) throws ClassNotFoundException {
		return HandlerMethods.find(beanType(), method).orElseThrow(this::unmarked);
	}

	/**
	 * The class on the left of the reference, where the method may be an inherited one
	 * that means something else there. Of {@code bean::method} only that of the method is
	 * known.
	 */
	private Class<?> beanType() throws ClassNotFoundException {
		boolean takesBean = this.form.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic
				&& this.form.getCapturedArgCount() == 0;
		return takesBean ? type(this.form.getInstantiatedMethodType()).parameterType(0) : owner();
	}

	private Class<?> owner() throws ClassNotFoundException {
		return Class.forName(className(this.form.getImplClass()), false, this.loader);
	}

	private MethodType type(String descriptor) {
		return MethodType.fromMethodDescriptorString(descriptor, this.loader);
	}

	private InvalidHandlerReferenceException unmarked() {
		return refused("the method has no @JobHandler. Put it there, or name the type: enqueue(\"the-type\", payload)",
				null);
	}

	private InvalidHandlerReferenceException refused(String problem, @Nullable Throwable cause) {
		String name = (this.form.getImplMethodKind() == MethodHandleInfo.REF_newInvokeSpecial) ? "new"
				: this.form.getImplMethodName();
		return new InvalidHandlerReferenceException("%s::%s in %s".formatted(className(this.form.getImplClass()), name,
				className(this.form.getCapturingClass())), problem, cause);
	}

	private static String className(String internalName) {
		return internalName.replace('/', '.');
	}

	/**
	 * Has the JDK say what it would write for a reference, and write nothing: what the
	 * reference holds, such as a bean, is not touched. This is the one way that needs no
	 * access to the caller's class, so that modules need not be open.
	 */
	private static final class Form extends ObjectOutputStream {

		private @Nullable Object seen;

		private Form() throws IOException {
			super(OutputStream.nullOutputStream());
			enableReplaceObject(true);
		}

		static @Nullable Object of(HandlerReference reference) {
			try (Form form = new Form()) {
				form.writeObject(reference);
				return form.seen;
			}
			catch (IOException ex) {
				throw new InvalidHandlerReferenceException("an object of " + reference.getClass().getTypeName(),
						"it does not say what it refers to. " + REMEDY, ex);
			}
		}

		@Override
		protected @Nullable Object replaceObject(Object object) {
			this.seen = object;
			return null;
		}

	}

}
