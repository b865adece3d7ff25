package dev.q.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.ClassUtils;

/**
 * The page of all properties, made from the metadata that is shipped. What a map holds is
 * not in there: its parts are read from the record, and described by the record's Javadoc
 * as the annotation processor would.
 */
final class ConfigurationPage {

	private static final Path SOURCES = Path.of("src/main/java");

	private static final Pattern MAP = Pattern.compile("java\\.util\\.Map<java\\.lang\\.String,(dev\\.q\\.[\\w.$]+)>");

	private static final Pattern PARAM = Pattern.compile("@param (\\w+) (.*?)(?=@param|@since|$)", Pattern.DOTALL);

	private static final String HEAD = """
			# Properties

			All of `application.yml` that begins with `q.`, made from the metadata which editors show. A property that is written wrong fails
			the start and names the value and what would do. Durations are written as `10s`, `5m`, `24h` or `90d`, sizes as `256KB`.

			| property | default | meaning |
			| --- | --- | --- |
			""";

	private ConfigurationPage() {
	}

	static String text() {
		return metadata().path("properties")
			.valueStream()
			.flatMap((property) -> rows(property).stream())
			.sorted()
			.collect(Collectors.joining("\n", HEAD, "\n"));
	}

	/**
	 * What is shipped for editors. Found by address: other libraries have a file of the
	 * same name.
	 */
	static JsonNode metadata() {
		try (InputStream in = QProperties.class.getProtectionDomain()
			.getCodeSource()
			.getLocation()
			.toURI()
			.resolve("META-INF/spring-configuration-metadata.json")
			.toURL()
			.openStream()) {
			return JsonMapper.shared().readTree(in);
		}
		catch (IOException | URISyntaxException ex) {
			throw new IllegalStateException("The metadata could not be read", ex);
		}
	}

	/**
	 * All properties and the classes of their values. What a map holds has {@code <name>}
	 * in its name.
	 */
	static Map<String, Class<?>> properties() {
		Map<String, Class<?>> properties = new TreeMap<>();
		metadata().path("properties").valueStream().forEach((property) -> {
			String name = property.path("name").asString();
			String written = property.path("type").asString();
			Matcher map = MAP.matcher(written);
			if (map.matches()) {
				Arrays.stream(type(map.group(1)).getRecordComponents())
					.forEach((part) -> properties.put(name + ".<name>." + dashed(part.getName()), part.getType()));
			}
			else {
				properties.put(name, type(written.replaceAll("<.*", "")));
			}
		});
		return properties;
	}

	private static List<String> rows(JsonNode property) {
		String name = property.path("name").asString();
		Matcher map = MAP.matcher(property.path("type").asString());
		if (map.matches()) {
			return entryRows(name, type(map.group(1)));
		}
		return List.of(row(name, property.path("defaultValue").asString(""), property.path("description").asString(),
				property.path("type").asString()));
	}

	private static List<String> entryRows(String name, Class<?> entry) {
		Map<String, String> meanings = params(entry);
		List<String> rows = new ArrayList<>();
		for (var part : entry.getRecordComponents()) {
			@Nullable DefaultValue value = Arrays.stream(entry.getDeclaredConstructors()[0].getParameters())
				.filter((parameter) -> parameter.getName().equals(part.getName()))
				.findFirst()
				.orElseThrow()
				.getAnnotation(DefaultValue.class);
			rows.add(row(name + ".<name>." + dashed(part.getName()),
					(value != null) ? String.join(",", value.value()) : "", meanings.get(part.getName()),
					part.getType().getName()));
		}
		return rows;
	}

	private static String row(String name, String value, @Nullable String meaning, String type) {
		if (meaning == null || meaning.isBlank()) {
			throw new IllegalStateException("Property %s has no description".formatted(name));
		}
		String shown = value.isEmpty() ? "" : "`" + value + "`";
		String choices = choices(type, meaning);
		return "| `%s` | %s | %s%s |".formatted(name, shown,
				meaning.replaceAll("\\s+", " ").replace("|", "\\|").strip(), choices);
	}

	/** The values of an enum, unless the text names them. */
	private static String choices(String type, String meaning) {
		if (!type.startsWith("dev.q.") || !type(type).isEnum()) {
			return "";
		}
		List<String> values = Arrays.stream(type(type).getEnumConstants())
			.map((value) -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT).replace('_', '-'))
			.toList();
		return values.stream().allMatch(meaning::contains) ? "" : ": `" + String.join("`, `", values) + "`";
	}

	private static Map<String, String> params(Class<?> type) {
		Path file = SOURCES.resolve(ClassUtils.getPackageName(type).replace('.', '/'))
			.resolve(type.getNestHost().getSimpleName() + ".java");
		try {
			String source = Files.readString(file);
			int end = source.indexOf("record " + type.getSimpleName() + "(");
			String comment = source.substring(source.lastIndexOf("/**", end), source.lastIndexOf("*/", end));
			return PARAM.matcher(comment.replaceAll("(?m)^\\s*\\*", ""))
				.results()
				.collect(Collectors.toMap((found) -> found.group(1), (found) -> found.group(2)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The source of %s could not be read".formatted(type.getName()), ex);
		}
	}

	private static Class<?> type(String name) {
		return ClassUtils.resolveClassName(name, ConfigurationPage.class.getClassLoader());
	}

	private static String dashed(String name) {
		return ConfigurationPropertyName.of(name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT)).toString();
	}

}
