package dev.q.test.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.store.JobStore;
import dev.q.test.contract.StoreFixture;
import dev.q.test.model.ModelStore;
import dev.q.testing.VirtualClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A store and the model, under the same clock, which are asked the same and must say the
 * same.
 */
final class BothStores implements AutoCloseable {

	private static final int ALL = 100_000;

	private static final int WIDTH = 500;

	private final StoreFixture fixture;

	private final VirtualClock clock;

	private final ModelStore model;

	private final List<String> history = new ArrayList<>();

	BothStores(StoreFixture fixture) {
		this.fixture = fixture;
		this.clock = new VirtualClock(this.fixture.now());
		this.model = new ModelStore(this.clock);
	}

	Instant now() {
		return this.clock.instant();
	}

	void advance(Duration span) {
		if (!span.isZero()) {
			note("advance " + span);
			this.fixture.advance(span);
			this.clock.advance(span);
		}
	}

	/** Asks both, whose answers must be equal. */
	<T> T ask(String what, Function<JobStore, T> question) {
		return ask(what, question, Function.identity());
	}

	/**
	 * Asks both, whose answers must be equal as far as they are looked at.
	 * @return what the model said
	 */
	<T> T ask(String what, Function<JobStore, T> question, Function<T, ?> look) {
		Answers<T> answers = askEach(what, question);
		requireEqual(answers, look);
		return answers.model();
	}

	/**
	 * Asks both for what changes nothing, so that it is worth telling only if they
	 * differ.
	 */
	<T> void look(String what, Function<JobStore, T> question, Function<T, ?> look) {
		ask(what, question, look);
		this.history.remove(this.history.size() - 1);
	}

	<T> void look(String what, Function<JobStore, T> question) {
		look(what, question, Function.identity());
	}

	/** Asks both, without a look at what they say. */
	<T> Answers<T> askEach(String what, Function<JobStore, T> question) {
		note(what);
		return new Answers<>(question.apply(this.model), question.apply(this.fixture.store()));
	}

	private void note(String what) {
		this.history.add((what.length() > WIDTH) ? what.substring(0, WIDTH) + "..." : what);
	}

	<T> void requireEqual(Answers<T> answers, Function<T, ?> look) {
		Object expected = look.apply(answers.model());
		Object actual = look.apply(answers.store());
		if (expected instanceof List<?> wanted && actual instanceof List<?> got) {
			int same = lengthOfEqualStart(wanted, got);
			assertThat(rest(got, same)).isEqualTo(rest(wanted, same));
		}
		assertThat(actual).isEqualTo(expected);
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
		return (from == values.size()) ? "the end" : values.get(from) + " at " + from;
	}

	/** Jobs as both show them. */
	List<JobDetails> details(List<JobId> ids) {
		return ask("find " + ids, (store) -> store.catalog().find(ids));
	}

	/** Whether a store that is being asked is the model. */
	boolean isModel(JobStore store) {
		return store.equals(this.model);
	}

	/**
	 * What has been done in the order in which it was done.
	 */
	List<String> history() {
		return List.copyOf(this.history);
	}

	/** When something is to happen by itself, which is where stores may be off by one. */
	List<Instant> appointments(List<JobId> ids) {
		return this.model.catalog()
			.find(ids)
			.stream()
			.flatMap((job) -> Stream.of(job.job().times().runAt(), job.job().times().expiresAt(), job.leasedUntil()))
			.filter((time) -> time != null && time.isAfter(now()))
			.distinct()
			.sorted()
			.toList();
	}

	/** Which of some jobs wait for keys that others hold. */
	List<JobId> blocked(List<JobId> ids) {
		return this.model.catalog()
			.find(ids)
			.stream()
			.map(JobDetails::job)
			.filter((job) -> job.state() == JobState.BLOCKED)
			.map(Job::id)
			.toList();
	}

	/**
	 * Which jobs a claim has made ready that it did not bring, and which it has ended, is
	 * open.
	 */
	void finishClaim() {
		askEach("expire", (store) -> store.maintenance().expire(ALL));
		askEach("promote", (store) -> store.maintenance().promoteDue(ALL));
	}

	/** Whether the end of one job lets another one follow. */
	boolean hasSuccessors() {
		return this.model.hasSuccessors();
	}

	/** Where the order is open, all jobs but one go elsewhere. */
	void disperse() {
		List<JobId> crowd = this.model.crowd();
		for (int i = 0; i < crowd.size(); i++) {
			JobId one = crowd.get(i);
			Due due = Due.in(Duration.ofMillis(1 + 100L * i));
			ask("disperse " + one, (store) -> store.control().reschedule(List.of(one), due));
		}
	}

	@Override
	public void close() {
		this.model.close();
		this.fixture.close();
	}

	/**
	 * What both said.
	 */
	record Answers<T>(T model, T store) {
	}

}
