package dev.q.handler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.UndeclaredThrowableException;

import dev.q.JobContext;
import org.jspecify.annotations.Nullable;

/**
 * Calls a method. Bound once, to one form for all signatures. A method handle throws what
 * the method threw, unwrapped, and leaves no frames of its own in the stack trace.
 */
final class MethodInvoker implements HandlerInvoker {

	private static final MethodType FORM = MethodType.methodType(Object.class, Object.class, JobContext.class);

	private final MethodHandle handle;

	private final boolean acceptsNull;

	private MethodInvoker(MethodHandle handle, boolean acceptsNull) {
		this.handle = handle;
		this.acceptsNull = acceptsNull;
	}

	static MethodInvoker bind(Object bean, Method method, HandlerSignature signature) {
		MethodHandle handle = open(method, signature.origin());
		MethodHandle bound = Modifier.isStatic(method.getModifiers()) ? handle : handle.bindTo(bean);
		if (signature.payloadType() == null) {
			bound = MethodHandles.dropArguments(bound, 0, Object.class);
		}
		if (!signature.takesContext()) {
			bound = MethodHandles.dropArguments(bound, 1, JobContext.class);
		}
		return new MethodInvoker(bound.asType(FORM), signature.acceptsNull());
	}

	private static MethodHandle open(Method method, String origin) {
		Class<?> owner = method.getDeclaringClass();
		try {
			return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).unreflect(method);
		}
		catch (IllegalAccessException ex) {
			throw new InvalidHandlerException(origin,
					"it cannot be called, since its module %s does not open package %s to module dev.q.core"
						.formatted(owner.getModule(), owner.getPackageName()),
					ex);
		}
	}

	@Override
	public @Nullable Object invoke(@Nullable Object payload, JobContext context) throws Exception {
		try {
			return (Object) this.handle.invokeExact(payload, context);
		}
		catch (Exception | Error ex) {
			throw ex;
		}
		catch (Throwable ex) {
			throw new UndeclaredThrowableException(ex);
		}
	}

	@Override
	public boolean acceptsNull() {
		return this.acceptsNull;
	}

}
