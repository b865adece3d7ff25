package dev.q.store.jdbc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.job.WorkerId;
import dev.q.ports.EngineClock;
import dev.q.store.ClaimAnswer;
import dev.q.store.ClaimRequest;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertGroup;
import dev.q.store.Lease;
import dev.q.store.LeaseAnswer;
import dev.q.store.Retention;
import dev.q.store.Settlement;
import dev.q.store.StoreException;
import dev.q.store.StoreListener;
import dev.q.store.Subscription;
import dev.q.store.WorkStore;
import dev.q.store.jdbc.call.Args;
import dev.q.store.jdbc.copies.Copies;
import dev.q.store.jdbc.known.LowerBounds;
import dev.q.store.jdbc.known.Verdicts;
import dev.q.store.jdbc.layout.Leases;
import org.jspecify.annotations.Nullable;

/**
 * Storing jobs in PostgreSQL, and working them off.
 */
final class PostgresWorkStore implements WorkStore {

	private final Database database;

	private final Claims claims;

	private final Signals signals;

	private final Trimming trimming;

	private final Verdicts verdicts;

	private final Copies copies;

	PostgresWorkStore(Database database, LowerBounds bounds, Signals signals, Trimming trimming, Verdicts verdicts,
			EngineClock clock) {
		this.database = database;
		this.copies = new Copies(new Standbys(database), clock);
		this.verdicts = verdicts;
		this.claims = new Claims(database, bounds, signals);
		this.signals = signals;
		this.trimming = trimming;
	}

	@Override
	public List<InsertAnswer> insert(List<InsertGroup> groups) {
		this.database.requireOpen();
		Map<Integer, InsertAnswer> answers = new TreeMap<>();
		Map<Integer, InsertGroup> open = new TreeMap<>();
		for (int i = 0; i < groups.size(); i++) {
			InsertAnswer verdict = this.verdicts.of(groups.get(i));
			if (verdict != null) {
				answers.put(i, verdict);
			}
			else {
				open.put(i, groups.get(i));
			}
		}
		if (!open.isEmpty()) {
			Iterator<InsertAnswer> said = ask(List.copyOf(open.values())).iterator();
			open.keySet().forEach((place) -> answers.put(place, said.next()));
		}
		return List.copyOf(answers.values());
	}

	private List<InsertAnswer> ask(List<InsertGroup> groups) {
		boolean isCopied = Copies.areWanted(groups);
		if (isCopied) {
			this.copies.requireCountable();
		}
		InsertCall call = new InsertCall(groups);
		this.database.call(call.function(), call.args(false), call::take);
		List<InsertAnswer> answers = call.answers();
		for (int i = 0; i < answers.size(); i++) {
			this.verdicts.note(groups.get(i), answers.get(i));
		}
		this.signals.tell(call.news(answers));
		return isCopied ? this.copies.await(groups, answers) : answers;
	}

	@Override
	public ClaimAnswer claim(ClaimRequest request) {
		ClaimAnswer answer = this.claims.claim(request);
		answer.jobs().forEach((job) -> this.verdicts.madeRoom(job.lease().queue()));
		return answer;
	}

	@Override
	public List<LeaseAnswer> renew(List<Lease> leases) {
		this.database.requireOpen();
		LeaseAnswer[] answers = new LeaseAnswer[leases.size()];
		Arrays.fill(answers, LeaseAnswer.LOST);
		List<Integer> places = new ArrayList<>();
		List<JobId> ids = new ArrayList<>();
		List<QueueName> queues = new ArrayList<>();
		List<Long> tokens = new ArrayList<>();
		for (int i = 0; i < answers.length; i++) {
			Long token = Leases.number(leases.get(i));
			if (token != null) {
				places.add(i);
				ids.add(leases.get(i).job());
				queues.add(leases.get(i).queue());
				tokens.add(token);
			}
		}
		if (!places.isEmpty()) {
			Short[] said = said(new Args().ids(ids).texts(queues).numbers(tokens));
			StoreException.requireAnswers("leases", places.size(), said.length);
			for (int i = 0; i < said.length; i++) {
				answers[places.get(i)] = answer(said[i]);
			}
		}
		return Collections.unmodifiableList(Arrays.asList(answers));
	}

	private Short[] said(Args args) {
		return this.database.call("q_renew_v1", args, (row) -> (Short[]) row.getArray(1).getArray()).get(0);
	}

	private static LeaseAnswer answer(short said) {
		return switch (said) {
			case 0 -> LeaseAnswer.LOST;
			case 1 -> LeaseAnswer.APPLIED;
			default -> LeaseAnswer.BUSY;
		};
	}

	@Override
	public List<LeaseAnswer> settle(List<Settlement> settlements, Retention retention) {
		this.database.requireOpen();
		SettleCall call = new SettleCall(settlements, retention);
		List<LeaseAnswer> answers = call.answers();
		if (!call.isEmpty()) {
			this.database.call("q_settle_v1", call.args(false), call::take);
			this.signals.tell(call.news());
			this.signals.awaited().settled(settlements, answers);
			this.trimming.note(call.successes(), retention);
		}
		return answers;
	}

	@Override
	public Subscription subscribe(WorkerId worker, StoreListener listener) {
		return this.signals.subscribe(worker, listener);
	}

	/**
	 * The copies that the server knows of.
	 */
	private record Standbys(Database database) implements Copies.Server {

		@Override
		public void requireRights() {
			if (!this.database.call("q_counts_copies_v1", new Args(), (row) -> row.getBoolean(1)).get(0)) {
				throw new PostgresServerException(
						"PostgreSQL does not tell its user how far its standbys are, so no job was stored that waits for copies. Grant the role pg_read_all_stats to the user of the connection, or leave the durability REPLICATED out");
			}
		}

		@Override
		public Copies.Sight look(@Nullable String place, int wanted, long millis) {
			Args args = new Args().text(place).number((long) wanted).number(millis);
			return this.database
				.call("q_copies_v1", args, (row) -> new Copies.Sight(row.getString("place"), row.getInt("copies")))
				.get(0);
		}

	}

}
