package dev.q.handler;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.q.JobContext;
import org.jspecify.annotations.Nullable;

/**
 * What a handler method takes: a payload, a context, both in this order, or nothing.
 *
 * @param origin the method, for messages
 * @param payloadType type of the payload, or null if it takes none
 * @param takesContext whether it takes a context
 * @param acceptsNull whether the payload may be null
 */
record HandlerSignature(String origin, @Nullable Type payloadType, boolean takesContext, boolean acceptsNull) {

	private static final String RULE = "It may take a payload first, a JobContext second, or neither";

	/** By name, since reactive libraries may be absent. */
	private static final Set<String> STILL_TO_COME = Set.of(Future.class.getName(), CompletionStage.class.getName(),
			Flow.Publisher.class.getName(), "org.reactivestreams.Publisher");

	static HandlerSignature of(Method method) {
		String origin = origin(method);
		Class<?>[] parameters = method.getParameterTypes();
		boolean takesContext = parameters.length > 0 && parameters[parameters.length - 1] == JobContext.class;
		int payloads = takesContext ? parameters.length - 1 : parameters.length;
		requireOrdinary(origin, method);
		if (payloads > 1) {
			throw new InvalidHandlerException(origin, wrongParameters(parameters), null);
		}
		if (payloads == 0) {
			return new HandlerSignature(origin, null, takesContext, false);
		}
		if (JobContext.class.isAssignableFrom(parameters[0])) {
			throw new InvalidHandlerException(origin, "it takes a %s as payload. Ask for a %s"
				.formatted(parameters[0].getTypeName(), JobContext.class.getTypeName()), null);
		}
		return new HandlerSignature(origin, definite(origin, method.getGenericParameterTypes()[0]), takesContext,
				isNullable(method));
	}

	private static void requireOrdinary(String origin, Method method) {
		if (method.isVarArgs()) {
			throw new InvalidHandlerException(origin,
					"it takes a variable number of arguments, but a job has one payload. Take a List or an array",
					null);
		}
		if (isStillToCome(method.getReturnType())) {
			throw new InvalidHandlerException(origin,
					"it returns a %s, and a failure in there would be lost, since the job has succeeded by then. Wait for it in the handler, and return the value itself"
						.formatted(method.getReturnType().getTypeName()),
					null);
		}
	}

	private static boolean isStillToCome(@Nullable Class<?> type) {
		if (type == null) {
			return false;
		}
		return STILL_TO_COME.contains(type.getName()) || isStillToCome(type.getSuperclass())
				|| Stream.of(type.getInterfaces()).anyMatch(HandlerSignature::isStillToCome);
	}

	private static String origin(Method method) {
		return "%s.%s(%s)".formatted(method.getDeclaringClass().getTypeName(), method.getName(),
				Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(", ")));
	}

	private static String wrongParameters(Class<?>[] parameters) {
		boolean hasContext = Arrays.asList(parameters).contains(JobContext.class);
		return "it has %d parameters%s. %s".formatted(parameters.length,
				hasContext ? ", its JobContext among the first" : "", RULE);
	}

	private static Type definite(String origin, Type type) {
		if (hasVariable(type)) {
			throw new InvalidHandlerException(origin,
					"its payload is of type %s, which names no definite class. Override the method in the class of the handler and name it there"
						.formatted(type.getTypeName()),
					null);
		}
		return type;
	}

	private static boolean hasVariable(Type type) {
		if (type instanceof ParameterizedType generic) {
			return Stream.of(generic.getActualTypeArguments()).anyMatch(HandlerSignature::hasVariable);
		}
		if (type instanceof GenericArrayType array) {
			return hasVariable(array.getGenericComponentType());
		}
		if (type instanceof WildcardType wildcard) {
			return Stream.of(wildcard.getUpperBounds()).anyMatch(HandlerSignature::hasVariable);
		}
		return type instanceof TypeVariable<?>;
	}

	/** Anybody's annotation of that name, on the parameter or on its type. */
	private static boolean isNullable(Method method) {
		AnnotatedType type = method.getAnnotatedParameterTypes()[0];
		return Stream.concat(Stream.of(method.getParameterAnnotations()[0]), Stream.of(type.getAnnotations()))
			.map(Annotation::annotationType)
			.anyMatch((annotation) -> annotation.getSimpleName().equals("Nullable"));
	}

}
