package dev.q.codec;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * What may be told of a failure of Jackson: its kind, the type it was about and the
 * place. Jackson's own message is left out, since it quotes values. So are names that
 * come from the data, such as the keys of a map: of a path only names of fields are kept.
 */
final class JacksonFailure {

	private static final String HIDDEN = "*";

	private JacksonFailure() {
	}

	static String describe(JacksonException failure) {
		String what = type(failure).map((type) -> " about " + type).orElse("");
		return failure.getClass().getSimpleName() + what + path(failure) + place(failure);
	}

	private static Optional<String> type(JacksonException failure) {
		if (failure instanceof InvalidDefinitionException definition) {
			return Optional.ofNullable(definition.getType()).map((type) -> type.toCanonical());
		}
		if (failure instanceof MismatchedInputException mismatch) {
			return Optional.ofNullable(mismatch.getTargetType()).map(Class::getTypeName);
		}
		return Optional.empty();
	}

	private static String path(JacksonException failure) {
		if (failure.getPath().isEmpty()) {
			return "";
		}
		return failure.getPath().stream().map(JacksonFailure::step).collect(Collectors.joining("", " at $", ""));
	}

	private static String step(Reference step) {
		return (step.getIndex() >= 0) ? "[" + step.getIndex() + "]" : "." + field(step);
	}

	private static String field(Reference step) {
		Object from = step.from();
		String name = step.getPropertyName();
		if (from == null || name == null) {
			return HIDDEN;
		}
		return lineage((from instanceof Class<?> type) ? type : from.getClass())
			.flatMap((type) -> Stream.of(type.getDeclaredFields()))
			.map((field) -> field.getName())
			.filter((field) -> plain(field).equals(plain(name)))
			.findFirst()
			.orElse(HIDDEN);
	}

	/** So that {@code user_name} in the data is known as {@code userName}. */
	private static String plain(String name) {
		return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
	}

	private static Stream<Class<?>> lineage(Class<?> type) {
		return Stream.<Class<?>>iterate(type, (each) -> each != null, Class::getSuperclass);
	}

	private static String place(JacksonException failure) {
		TokenStreamLocation location = failure.getLocation();
		return (location == null || location.getLineNr() < 1) ? ""
				: ", line " + location.getLineNr() + ", column " + location.getColumnNr();
	}

}
