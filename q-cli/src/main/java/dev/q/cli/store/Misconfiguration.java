package dev.q.cli.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.q.boot.InvalidQPropertyException;
import dev.q.job.Names;
import org.yaml.snakeyaml.constructor.DuplicateKeyException;
import org.yaml.snakeyaml.error.MarkedYAMLException;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConverterNotFoundException;
import org.springframework.util.PlaceholderResolutionException;

/**
 * Says in a line what is wrong with a configuration. What was thrown is left out, since
 * it quotes values and lines of files, which may be passwords.
 */
final class Misconfiguration {

	private static final String YAML = "org.yaml.snakeyaml.";

	/** What the parser says without a word of the file. */
	private static final Pattern OF_ANY_FILE = Pattern
		.compile("(mapping values|sequence entries|mapping keys) are not allowed here|found unexpected end of stream"
				+ "|could not find expected ':'|expected .{1,20}, but (found|got) '?<[a-z ]+>'?"
				+ "|found character '\\\\t\\(TAB\\)' that cannot start any token.*");

	private Misconfiguration() {
	}

	static SetupException of(RuntimeException failure) {
		return of(failure, "");
	}

	/**
	 * Of a failure to read files.
	 * @param file the one that was read last, as a piece of a sentence
	 */
	static SetupException of(RuntimeException failure, String file) {
		if (failure instanceof SetupException known) {
			return known;
		}
		return new SetupException(Secrets
			.hidden(cause(failure, InvalidQPropertyException.class).map(InvalidQPropertyException::getMessage)
				.or(() -> cause(failure, UnboundConfigurationPropertiesException.class).map(Misconfiguration::unknown))
				.or(() -> cause(failure, PlaceholderResolutionException.class).map((ex) -> unresolved(failure, ex)))
				.or(() -> cause(failure, BindException.class).map(Misconfiguration::unfit))
				.orElseGet(() -> unexpected(failure, file))));
	}

	private static String unknown(UnboundConfigurationPropertiesException ex) {
		return "There is no such property: %s. docs/configuration.md lists those that there are"
			.formatted(ex.getUnboundProperties().stream().map((each) -> each.getName().toString()).sorted().toList());
	}

	private static String unresolved(RuntimeException failure, PlaceholderResolutionException ex) {
		return "%s has the placeholder ${%s}, which nothing resolves. Set it in the environment, or write ${%2$s:a default}"
			.formatted(cause(failure, BindException.class).map(Misconfiguration::name).orElse("The configuration"),
					ex.getPlaceholder());
	}

	private static String name(BindException ex) {
		ConfigurationProperty property = ex.getProperty();
		return "Property " + ((property != null) ? property.getName() : ex.getName());
	}

	private static String unfit(BindException ex) {
		ConfigurationProperty property = ex.getProperty();
		if (property == null) {
			return "What is configured under %s cannot be used: %s".formatted(ex.getName(), root(ex).getMessage());
		}
		if (Secrets.mayBeIn(property.getName().toString()) || root(ex) instanceof ConverterNotFoundException) {
			return name(ex) + " has a value that cannot be used";
		}
		return "%s is %s, which cannot be used: %s".formatted(name(ex),
				Names.quoted(String.valueOf(property.getValue())),
				cause(ex, ConversionFailedException.class).flatMap(Misconfiguration::choices)
					.orElseGet(() -> String.valueOf(root(ex).getMessage())));
	}

	private static Optional<String> choices(ConversionFailedException ex) {
		Object[] constants = ex.getTargetType().getType().getEnumConstants();
		return Optional.ofNullable(constants)
			.map((values) -> "it must be one of " + Arrays.stream(values)
				.map((value) -> value.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", ")));
	}

	private static boolean isOfYaml(Throwable failure) {
		return Arrays.stream(failure.getStackTrace()).anyMatch((frame) -> frame.getClassName().startsWith(YAML));
	}

	/**
	 * The parser quotes what it stumbles over, so only what it says of any file is said.
	 */
	private static String unreadable(Throwable failure, String file) {
		Optional<MarkedYAMLException> marked = cause(failure, MarkedYAMLException.class);
		String problem = cause(failure, DuplicateKeyException.class).map((ex) -> ": a key is there twice")
			.or(() -> marked.map(MarkedYAMLException::getProblem)
				.filter((text) -> OF_ANY_FILE.matcher(text).matches())
				.map((text) -> ": " + text))
			.orElse("");
		String place = marked.map(MarkedYAMLException::getProblemMark)
			.map((mark) -> ", at line %d, column %d".formatted(mark.getLine() + 1, mark.getColumn() + 1))
			.orElse("");
		return "The configuration is no YAML%s%s%s. A value needs quotes if it begins with a sign such as * ! & @ %% ` | > { [, or holds one such as ': ' or ' #'"
			.formatted(file, problem, place);
	}

	private static String unexpected(RuntimeException failure, String file) {
		Throwable root = root(failure);
		if (isOfYaml(root)) {
			return unreadable(failure, file);
		}
		return "The configuration cannot be read: " + failure.getMessage()
				+ ((failure.getCause() != null) ? ", since: " + root.getMessage() : "");
	}

	private static Throwable root(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

	private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
		for (Throwable each = failure; each != null; each = each.getCause()) {
			if (type.isInstance(each)) {
				return Optional.of(type.cast(each));
			}
		}
		return Optional.empty();
	}

}
