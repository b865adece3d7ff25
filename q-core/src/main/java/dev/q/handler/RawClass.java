package dev.q.handler;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * The class that the objects of a type are of.
 */
final class RawClass {

	private RawClass() {
	}

	/**
	 * Finds the class.
	 * @param type a type
	 * @return its class, boxed if it is primitive; {@link Object} for what is no definite
	 * type
	 */
	static Class<?> of(@Nullable Type type) {
		if (type instanceof Class<?> plain) {
			return MethodType.methodType(plain).wrap().returnType();
		}
		if (type instanceof ParameterizedType generic) {
			return of(generic.getRawType());
		}
		if (type instanceof GenericArrayType array) {
			return of(array.getGenericComponentType()).arrayType();
		}
		return Object.class;
	}

}
