package dev.q.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.q.job.Due;
import dev.q.job.Durability;
import dev.q.job.JobId;
import dev.q.job.JobLimits;
import dev.q.job.JobSpec;
import dev.q.job.Millis;
import dev.q.job.NewJob;
import dev.q.job.QueueName;
import dev.q.job.UniqueKey;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.call.Columns;
import dev.q.store.jdbc.layout.KeyTerms;
import dev.q.store.jdbc.layout.Keys;
import dev.q.store.jdbc.layout.OptionsText;
import dev.q.store.jdbc.signal.News;
import org.jspecify.annotations.Nullable;

/**
 * How groups are sent, and how the answer is read. They go by queue, so that two calls
 * take the locks of bounded queues and of unique keys in one order. Neighbours that
 * nothing can refuse but a pause form one set, which the server stores in one go.
 */
final class InsertCall {

	private final List<InsertGroup> groups;

	private final List<NewJob> jobs = new ArrayList<>();

	/** Behind the last job of each set. */
	private final List<Integer> ends = new ArrayList<>();

	private final List<@Nullable Integer> limits = new ArrayList<>();

	/** Where each group went. */
	private final Place[] places;

	private final Said said = new Said();

	private final boolean keyed;

	InsertCall(List<InsertGroup> groups) {
		this.groups = groups;
		this.keyed = groups.stream().flatMap((group) -> group.jobs().stream()).anyMatch(InsertCall::isKeyed);
		groups.forEach(InsertGroup::requireStorableTimes);
		this.places = new Place[groups.size()];
		List<Integer> order = IntStream.range(0, groups.size())
			.boxed()
			.sorted(Comparator.comparing((i) -> groups.get(i).queue()))
			.toList();
		for (int i : order) {
			InsertGroup group = groups.get(i);
			this.places[i] = add(group, (group.maxLength() > 0) ? group.maxLength() : null);
		}
	}

	private Place add(InsertGroup group, @Nullable Integer limit) {
		int from = this.jobs.size();
		int last = this.ends.size() - 1;
		boolean isJoined = limit == null && last >= 0 && this.limits.get(last) == null;
		this.jobs.addAll(group.jobs());
		if (isJoined) {
			this.ends.set(last, this.jobs.size());
		}
		else {
			this.ends.add(this.jobs.size());
			this.limits.add(limit);
		}
		return new Place(this.ends.size(), from);
	}

	private static boolean isKeyed(NewJob job) {
		UniqueKey key = job.spec().unique();
		return key != null && KeyTerms.areSpecial(key);
	}

	/** What is seldom has a function of its own, so that it costs nothing else. */
	String function() {
		return this.keyed ? "q_insert_keyed_v1" : "q_insert_v1";
	}

	/**
	 * The arguments of the function.
	 * @param joined whether it is called in the transaction of the caller, which may only
	 * be made safer
	 */
	Args args(boolean joined) {
		Args args = usualArgs(joined);
		return !this.keyed ? args
				: args.smalls(keys(KeyTerms::scope)).numbers(keys(KeyTerms::window)).smalls(keys(KeyTerms::conflict));
	}

	private Args usualArgs(boolean joined) {
		return new Args().ids(each(NewJob::id))
			.texts(specs(JobSpec::queue))
			.smalls(specs((spec) -> (short) spec.priority()))
			.texts(specs(JobSpec::type))
			.blobs(specs((spec) -> spec.payload().toByteArray()))
			.texts(specs(OptionsText::of))
			.ints(specs(InsertCall::maxCrashes))
			.numbers(limits((limits) -> millis(limits.lease())))
			.numbers(each((job) -> millis(job.due())))
			.numbers(limits((limits) -> millis(limits.timeToLive())))
			.numbers(limits((limits) -> millis(limits.deadline())))
			.blobs(specs((spec) -> Keys.hash(spec.unique())))
			.ints(this.ends)
			.allInts(this.limits)
			.text(isRelaxed() ? "off" : null)
			.flag(joined);
	}

	private <T> List<@Nullable T> each(Columns.Part<NewJob, T> part) {
		return Columns.of(this.jobs, part);
	}

	private <T> List<@Nullable T> specs(Columns.Part<JobSpec, T> part) {
		return each((job) -> part.of(job.spec()));
	}

	private <T> List<@Nullable T> limits(Columns.Part<JobLimits, T> part) {
		return each((job) -> part.of(job.spec().limits()));
	}

	private <T> List<@Nullable T> keys(Columns.Part<UniqueKey, T> part) {
		return specs((spec) -> (spec.unique() != null) ? part.of(spec.unique()) : null);
	}

	static @Nullable Integer maxCrashes(JobSpec spec) {
		int crashes = spec.limits().maxCrashes();
		return (crashes != JobLimits.DEFAULT.maxCrashes()) ? crashes : null;
	}

	/** Below zero it counts from now. */
	static @Nullable Long millis(Due due) {
		if (due instanceof Due.After after) {
			return -Millis.of(after.delay());
		}
		return (due instanceof Due.At at) ? Millis.of(at.instant()) : null;
	}

	static @Nullable Long millis(@Nullable Duration span) {
		return (span != null) ? Millis.of(span) : null;
	}

	static @Nullable Long millis(@Nullable Instant instant) {
		return (instant != null) ? Millis.of(instant) : null;
	}

	/** All jobs of a call are of one durability, or of none but the default. */
	private boolean isRelaxed() {
		return this.jobs.stream().allMatch((job) -> job.spec().durability() instanceof Durability.Relaxed);
	}

	/** Takes down one row of the answer. */
	boolean take(ResultSet row) throws SQLException {
		String what = row.getString("what");
		int place = row.getInt("place");
		switch (what) {
			case "job" -> this.said.others.putIfAbsent(place - 1, new InsertAnswer.Entry(id(row), false));
			case "changed" -> this.said.others.put(place - 1, InsertAnswer.Entry.changed(id(row)));
			case "full" -> this.said.lengths.put(place, (int) row.getLong("number"));
			case "pause" -> this.said.paused.add(new QueueName(row.getString("queue")));
			case "first" -> this.said.firsts.add(new QueueName(row.getString("queue")));
			case "kept" -> {
				QueueName queue = new QueueName(row.getString("queue"));
				this.said.kept.ready(queue).late(queue, News.Late.held(row.getLong("number")));
			}
			case "low" -> this.said.drawnFrom(row.getLong("number"));
			case "time" -> this.said.at(row.getLong("number"));
			default -> throw new SQLException("An insert answered with an unknown row: " + what);
		}
		return true;
	}

	private static JobId id(ResultSet row) throws SQLException {
		return new JobId(row.getObject("id", UUID.class));
	}

	List<InsertAnswer> answers() {
		List<InsertAnswer> answers = new ArrayList<>(this.groups.size());
		for (int i = 0; i < this.groups.size(); i++) {
			answers.add(answer(this.groups.get(i), this.places[i]));
		}
		return answers;
	}

	private InsertAnswer answer(InsertGroup group, Place place) {
		Integer length = this.said.lengths.get(place.set());
		if (length != null) {
			return new InsertAnswer.Full(group.maxLength(), length);
		}
		if (this.said.paused.contains(group.queue())) {
			return new InsertAnswer.Paused();
		}
		List<InsertAnswer.Entry> entries = new ArrayList<>(group.jobs().size());
		for (int i = 0; i < group.jobs().size(); i++) {
			entries.add(this.said.entry(place.from() + i, group.jobs().get(i).id()));
		}
		return new InsertAnswer.Accepted(entries);
	}

	/** What is worth telling once the jobs are committed. */
	News news(List<InsertAnswer> answers) {
		News news = new News().add(this.said.kept);
		for (int i = 0; i < answers.size(); i++) {
			if (answers.get(i) instanceof InsertAnswer.Accepted accepted) {
				int ready = readyOf(this.groups.get(i), accepted);
				if (ready > 0) {
					this.said.tell(news, this.groups.get(i).queue(), ready);
				}
			}
		}
		this.said.firsts.forEach((queue) -> this.said.tell(news, queue, 1));
		return news;
	}

	/** What is worth telling even if all is rolled back: what was held is let go. */
	News heldNews() {
		return this.said.kept;
	}

	/** A time that may have passed counts as ready: one signal too many is harmless. */
	private static int readyOf(InsertGroup group, InsertAnswer.Accepted accepted) {
		int ready = 0;
		for (int i = 0; i < group.jobs().size(); i++) {
			boolean waits = group.jobs().get(i).due() instanceof Due.After;
			ready += (accepted.jobs().get(i).stored() && !waits) ? 1 : 0;
		}
		return ready;
	}

	/**
	 * Where a group went.
	 *
	 * @param set the number of its set, from 1
	 * @param from the place of its first job among all jobs
	 */
	private record Place(int set, int from) {
	}

	/** What was said. */
	private static final class Said {

		/** Of jobs that were not stored, by their places. */
		private final Map<Integer, InsertAnswer.Entry> others = new HashMap<>();

		private final Map<Integer, Integer> lengths = new HashMap<>();

		private final Set<QueueName> paused = new HashSet<>();

		private final Set<QueueName> firsts = new HashSet<>();

		/** Where jobs were held for a moment. */
		private final News kept = new News();

		private long lowest;

		private long time;

		void drawnFrom(long position) {
			this.lowest = (this.lowest == 0) ? position : Math.min(this.lowest, position);
		}

		void at(long millis) {
			this.time = millis;
		}

		void tell(News news, QueueName queue, int ready) {
			news.ready(queue, ready);
			if (this.time > 0) {
				news.late(queue, new News.Late(this.lowest, this.time));
			}
		}

		InsertAnswer.Entry entry(int place, JobId own) {
			InsertAnswer.Entry other = this.others.get(place);
			return (other != null) ? other : new InsertAnswer.Entry(own, true);
		}

	}

}
