package dev.q.test.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.q.store.JobStore;
import dev.q.store.memory.MemorySettings;
import dev.q.store.memory.MemoryStore;
import dev.q.test.contract.StoreFixture;
import dev.q.testing.VirtualClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * A store on a server and one in memory, under the same clock, which are asked the same
 * and must say the same.
 */
final class BothStores implements AutoCloseable {

	private static final int SHOWN = 20;

	private static final int WIDTH = 500;

	private final StoreFixture server;

	private final VirtualClock clock;

	private final JobStore memory;

	private final String title;

	private final List<String> history = new ArrayList<>();

	BothStores(StoreFixture server, String title) {
		this.server = server;
		this.clock = new VirtualClock(this.server.now());
		this.memory = new MemoryStore(MemorySettings.DEFAULT.withOfferTimeout(Duration.ZERO), this.clock, this.clock);
		this.title = title;
	}

	Instant now() {
		return this.clock.instant();
	}

	void advance(Duration span) {
		if (!span.isZero()) {
			this.history.add("advance " + span);
			this.server.advance(span);
			this.clock.advance(span);
		}
	}

	/** Asks both, whose answers must be equal. */
	<T> T ask(String what, Function<JobStore, T> question) {
		return ask(what, question, Function.identity());
	}

	/**
	 * Asks both, whose answers must be equal as far as they are looked at.
	 * @return what the store in memory said
	 */
	<T> T ask(String what, Function<JobStore, T> question, Function<T, ?> look) {
		Answers<T> answers = askEach(what, question);
		requireEqual(answers, look);
		return answers.memory();
	}

	/** Asks both, without a look at what they say. */
	<T> Answers<T> askEach(String what, Function<JobStore, T> question) {
		this.history.add((what.length() > WIDTH) ? what.substring(0, WIDTH) + "..." : what);
		return new Answers<>(question.apply(this.memory), question.apply(this.server.store()));
	}

	<T> void requireEqual(Answers<T> answers, Function<T, ?> look) {
		Object expected = look.apply(answers.memory());
		Object actual = look.apply(answers.server());
		if (expected instanceof List<?> wanted && actual instanceof List<?> got) {
			int same = lengthOfEqualStart(wanted, got);
			assertThat(rest(got, same)).as(() -> story() + "from place " + same).isEqualTo(rest(wanted, same));
		}
		assertThat(actual).as(this::story).isEqualTo(expected);
	}

	/** Checks something whose failure shall tell what was done before. */
	void check(Runnable check) {
		assertThatCode(check::run).as(this::story).doesNotThrowAnyException();
	}

	private static int lengthOfEqualStart(List<?> one, List<?> other) {
		int length = 0;
		while (length < Math.min(one.size(), other.size()) && one.get(length).equals(other.get(length))) {
			length++;
		}
		return length;
	}

	/** Lists are long, and what comes after the first difference mostly follows of it. */
	private static String rest(List<?> values, int from) {
		List<?> rest = values.subList(from, Math.min(from + 2, values.size()));
		return "%s and %d more".formatted(rest, values.size() - from - rest.size());
	}

	/** Whether a store that is being asked is the one in memory. */
	boolean isMemory(JobStore store) {
		return store.equals(this.memory);
	}

	/**
	 * Whether the server does otherwise what is left open: its claims pass over jobs
	 * whose time is over without ending them, and make those ready that are due in all
	 * queues, even if the first one fills the limit; and of jobs that were handed back or
	 * recovered the first goes first.
	 */
	boolean differsInOpenMatters() {
		return "postgres".equals(this.server.store().name());
	}

	private String story() {
		int from = Math.max(0, this.history.size() - SHOWN);
		return "%s, step %d, after%n  %s%n".formatted(this.title, this.history.size(),
				String.join(System.lineSeparator() + "  ", this.history.subList(from, this.history.size())));
	}

	@Override
	public void close() {
		this.memory.close();
		this.server.close();
	}

	/**
	 * What the stores said.
	 */
	record Answers<T>(T memory, T server) {
	}

}
