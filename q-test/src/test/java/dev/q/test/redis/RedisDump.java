package dev.q.test.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.zset.Tuple;
import org.springframework.data.redis.core.ScanOptions;

/**
 * The keys of a namespace as text: a line for each, which is the command that makes it.
 * Bytes that are no plain letters, and blanks, are written as {@code %xx}.
 */
final class RedisDump {

	private static final String NAMESPACE = "NAMESPACE";

	private final LettuceConnectionFactory connections;

	private final String namespace;

	RedisDump(RedisTarget target, String namespace) {
		this.connections = target.connections();
		this.connections.afterPropertiesSet();
		this.namespace = namespace;
	}

	void write(Path file) throws IOException {
		List<String> lines = new ArrayList<>();
		try (RedisConnection connection = this.connections.getConnection();
				var keys = connection.keyCommands().scan(ScanOptions.scanOptions().count(1000).build())) {
			keys.forEachRemaining((key) -> lines.add(line(connection, key)));
		}
		lines.sort(Comparator.naturalOrder());
		Files.write(file, lines);
	}

	private String line(RedisConnection connection, byte[] key) {
		if (connection.keyCommands().pTtl(key) >= 0) {
			throw new IllegalStateException("The end of a key is not written: " + encoded(key));
		}
		List<byte[]> words = new ArrayList<>();
		DataType type = connection.keyCommands().type(key);
		switch (type) {
			case STRING -> words.add(connection.stringCommands().get(key));
			case LIST -> words.addAll(connection.listCommands().lRange(key, 0, -1));
			case SET -> words.addAll(connection.setCommands().sMembers(key));
			case HASH ->
				connection.hashCommands().hGetAll(key).forEach((field, value) -> words.addAll(List.of(field, value)));
			case ZSET ->
				connection.zSetCommands().zRangeWithScores(key, 0, -1).forEach((entry) -> words.addAll(parts(entry)));
			default -> throw new IllegalStateException("No line for a key of type " + type);
		}
		StringBuilder line = new StringBuilder(commands().get(type)).append(' ')
			.append(encoded(key).replaceFirst(this.namespace, NAMESPACE));
		words.forEach((word) -> line.append(' ').append(encoded(word)));
		return line.toString();
	}

	private static List<byte[]> parts(Tuple entry) {
		String score = Double.toString(entry.getScore());
		return List.of(score.getBytes(StandardCharsets.US_ASCII), entry.getValue());
	}

	private static Map<DataType, String> commands() {
		return Map.of(DataType.STRING, "SET", DataType.LIST, "RPUSH", DataType.SET, "SADD", DataType.HASH, "HSET",
				DataType.ZSET, "ZADD");
	}

	private static String encoded(byte[] word) {
		StringBuilder text = new StringBuilder();
		for (byte b : word) {
			boolean isPlain = b > ' ' && b < 127 && b != '%';
			text.append(isPlain ? String.valueOf((char) b) : "%%%02x".formatted(b));
		}
		return text.isEmpty() ? "%" : text.toString();
	}

	private static byte[] decoded(String text) {
		if (text.equals("%")) {
			return new byte[0];
		}
		byte[] bytes = new byte[text.length()];
		int length = 0;
		for (int i = 0; i < text.length(); i++) {
			boolean isPlain = text.charAt(i) != '%';
			bytes[length] = isPlain ? (byte) text.charAt(i) : (byte) Integer.parseInt(text.substring(i + 1, i + 3), 16);
			length++;
			i += isPlain ? 0 : 2;
		}
		return Arrays.copyOf(bytes, length);
	}

	/** Makes the keys in this namespace. */
	void load(List<String> lines) {
		try (RedisConnection connection = this.connections.getConnection()) {
			for (String line : lines) {
				List<String> words = List.of(line.replaceFirst(NAMESPACE, this.namespace).split(" "));
				byte[][] arguments = words.stream().skip(1).map(RedisDump::decoded).toArray(byte[][]::new);
				connection.execute(words.get(0), arguments);
			}
		}
	}

}
