package dev.q.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.lettuce.core.codec.Base16;

/**
 * The scripts as one server is to run them: with its clock, and with the flags that it
 * knows.
 */
final class Scripts {

	private final Supplier<String> clock;

	private volatile boolean flags;

	private volatile Map<Script, Loaded> loaded = Map.of();

	Scripts(Supplier<String> clock) {
		this.clock = clock;
	}

	/** The server knows flags of scripts: 7.0 and later. */
	void useFlags() {
		this.flags = true;
		forgetServer();
	}

	/** The connection broke: what answers next may be a server that knows no script. */
	void forgetServer() {
		this.loaded = Map.of();
	}

	Loaded get(Script script) {
		String now = this.clock.get();
		Loaded known = this.loaded.get(script);
		if (known == null || !known.clock.equals(now)) {
			known = load(script, now);
			Map<Script, Loaded> all = new EnumMap<>(Script.class);
			all.putAll(this.loaded);
			all.put(script, known);
			this.loaded = all;
		}
		return known;
	}

	private Loaded load(Script script, String now) {
		String source = script.source(now);
		byte[] text = ((this.flags && script.drains()) ? "#!lua flags=allow-oom\n" + source : source)
			.getBytes(StandardCharsets.UTF_8);
		return new Loaded(now, text, Base16.digest(text));
	}

	/**
	 * A script that can be sent.
	 */
	static final class Loaded {

		private final String clock;

		private final byte[] source;

		private final String digest;

		/** Slots of a cluster whose server has run the script. */
		private final Set<Integer> known = ConcurrentHashMap.newKeySet();

		Loaded(String clock, byte[] source, String digest) {
			this.clock = clock;
			this.source = source;
			this.digest = digest;
		}

		boolean isKnownAt(int place) {
			return this.known.contains(place);
		}

		void noteKnown(int place, boolean isKnown) {
			if (isKnown) {
				this.known.add(place);
			}
			else {
				this.known.remove(place);
			}
		}

		byte[] source() {
			return this.source;
		}

		/** By which the server knows the script once it has seen it. */
		String digest() {
			return this.digest;
		}

	}

}
