package dev.q.cli.enqueue;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.q.job.Names;

/**
 * Reads the values of enums as the configuration does: {@code at-most-once}.
 */
final class Choice {

	private Choice() {
	}

	static <E extends Enum<E>> E of(Class<E> type, String option, String text) {
		return Arrays.stream(type.getEnumConstants())
			.filter((value) -> written(value).equals(text.toLowerCase(Locale.ROOT).replace('_', '-')))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("%s must be one of %s, but was %s".formatted(option,
					Arrays.stream(type.getEnumConstants()).map(Choice::written).collect(Collectors.joining(", ")),
					Names.quoted(text))));
	}

	private static String written(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
