package dev.q.cli.enqueue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.q.JobReceipt;
import dev.q.JobRejectedException;
import dev.q.JobRequest;
import dev.q.NotReplicatedException;
import dev.q.admin.view.JsonMap;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Interrupts;
import dev.q.cli.session.Session;
import dev.q.cli.session.Stop;
import dev.q.job.JobId;
import dev.q.job.NewJob;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues a job for each line of an input, in batches: of what is there, so that a line
 * never waits for the next one to come. It stops at the first batch with a line that
 * cannot be stored, and says which lines are stored, so that the rest can be fed again
 * without a job lost or stored twice. For use by one thread.
 */
final class Feed {

	private static final int MOST_JOBS = 1000;

	private static final int MOST_BYTES = 4 * 1024 * 1024;

	private final Session session;

	private final JobRequest pattern;

	private final Standing standing = new Standing();

	private final Stop stop;

	private final List<Line> batch = new ArrayList<>();

	private int bytes;

	/**
	 * Takes what all jobs have in common.
	 * @param session the store
	 * @param pattern type and options
	 */
	Feed(Session session, JobRequest pattern) {
		this.session = session;
		this.pattern = pattern;
		this.stop = new Stop(session.output(), this::account);
	}

	/**
	 * Enqueues, and shows what is stored.
	 * @param input the lines
	 * @param interrupts tells when to stop
	 */
	ExitCode enqueue(Input input, Interrupts interrupts) {
		Interrupts.Registration listening = this.stop.listen(interrupts);
		try {
			for (Line line = next(input, this::read); line != null; line = next(input, this::read)) {
				add(line);
			}
			store();
			return this.standing.show(this.session.output(), new JsonMap());
		}
		catch (StoppedException ex) {
			this.stop.account();
			return ExitCode.FAILED;
		}
		catch (FeedStoppedException ex) {
			if (this.session.output().isJson()) {
				this.standing.show(this.session.output(), new JsonMap().with("failure", ex.getMessage())
					.with("doubtful", ex.doubtful().stream().map(Line::json).toList()));
			}
			throw ex;
		}
		finally {
			listening.close();
		}
	}

	private void add(Line line) {
		this.batch.add(line);
		this.bytes += line.size();
		if (this.batch.size() == MOST_JOBS || this.bytes >= MOST_BYTES || this.stop.isAsked()) {
			store();
			requireGoOn();
		}
	}

	/** What was stored until the process was asked to end. */
	private void account() {
		this.standing.show(this.session.output(), new JsonMap().with("stopped", true));
		this.session.output().note("q: Stopped. " + this.standing.goOn(""));
	}

	/**
	 * Looks at all lines, and stores nothing.
	 * @return how many jobs there would be
	 */
	long rehearse(Input input) {
		long jobs = 0;
		while (next(input, InputStream::read) != null) {
			jobs++;
		}
		return jobs;
	}

	private @Nullable Line next(Input input, Input.Source source) {
		byte[] text = line(input, source);
		if (text == null) {
			return null;
		}
		try {
			JobRequest request = new JobRequest(JsonPayload.of(text), this.pattern.type(), null, null,
					this.pattern.options());
			NewJob job = this.session.rehearse(request);
			return new Line(input.line(), job.id(), request, job.spec().payload().size());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("Line %d: %s. %s".formatted(input.line(), ex.getMessage(), mend()), ex);
		}
	}

	private byte @Nullable [] line(Input input, Input.Source source) {
		try {
			return input.nextLine(source);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("%s. %s".formatted(ex.getMessage(), mend()), ex);
		}
		catch (UncheckedIOException ex) {
			throw new FeedStoppedException("%s. %s".formatted(ex.getMessage(), mend()), ex);
		}
	}

	/** After a line that cannot be used. */
	private String mend() {
		return this.standing.goOn("mend it, and ");
	}

	/** Waits for more only when all that came is stored. */
	private int read(InputStream in, byte[] buffer) throws IOException {
		if (in.available() == 0 || this.stop.isAsked()) {
			store();
		}
		requireGoOn();
		int read = this.stop.waiting(() -> in.read(buffer));
		requireGoOn();
		return read;
	}

	private void requireGoOn() {
		if (this.stop.isAsked()) {
			throw new StoppedException();
		}
	}

	private void store() {
		if (this.batch.isEmpty()) {
			return;
		}
		String unanswered = "%s. %s".formatted(doubt(), rest(this.batch));
		this.stop.ifUnanswered(() -> this.stop.sayUnanswered(unanswered));
		try {
			this.standing.count(this.session.jobs().enqueueAll(this.batch.stream().map(Line::request).toList()));
		}
		catch (JobRejectedException ex) {
			this.standing.count(ex.stored());
			throw stopped(refused(ex), List.of(), ex);
		}
		catch (NotReplicatedException ex) {
			FeedStoppedException stopped = stopped(range() + " are stored, but with too few copies", List.of(), ex);
			this.standing.count(ex.receipts());
			this.standing.reach(last().number());
			throw stopped;
		}
		catch (StoreException ex) {
			if (StoreException.isRefusal(ex)) {
				throw stopped(range() + " are not stored", List.of(), ex);
			}
			throw stopped(doubt(), this.batch, ex);
		}
		this.standing.reach(last().number());
		this.batch.clear();
		this.bytes = 0;
	}

	private FeedStoppedException stopped(String what, List<Line> doubtful, RuntimeException cause) {
		return new FeedStoppedException("%s: %s. %s".formatted(what, cause.getMessage(), rest(doubtful)), doubtful,
				cause);
	}

	/** What is stored beside the batch, and where to go on if that is in doubt. */
	private String rest(List<Line> doubtful) {
		String rest = this.standing.isNothing() ? "Nothing after them is stored"
				: "All before them are stored, and nothing after them";
		String goOn = doubtful.isEmpty() ? ""
				: ". When the store is back, 'q show %s' tells: if that job is there, go on with line %d, else with line %d"
					.formatted(first().id(), last().number() + 1, first().number());
		return rest + goOn;
	}

	private String doubt() {
		return "%s, as jobs %s to %s, may be stored or not".formatted(range(), first().id(), last().id());
	}

	private Line first() {
		return this.batch.get(0);
	}

	private Line last() {
		return this.batch.get(this.batch.size() - 1);
	}

	private String range() {
		return "Lines %d to %d".formatted(first().number(), last().number());
	}

	private String refused(JobRejectedException ex) {
		if (ex.stored().isEmpty()) {
			return range() + " are not stored";
		}
		Set<JobId> stored = ex.stored().stream().map(JobReceipt::id).collect(Collectors.toSet());
		return "%s are stored but for these: %s".formatted(range(),
				this.batch.stream()
					.filter((line) -> !stored.contains(line.id()))
					.map((line) -> String.valueOf(line.number()))
					.collect(Collectors.joining(", ")));
	}

	/**
	 * The process is asked to end.
	 */
	private static final class StoppedException extends RuntimeException {

	}

}
