package dev.q.store.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.q.job.QueueName;
import dev.q.job.WorkerId;
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
import dev.q.store.redis.layout.Args;
import dev.q.store.redis.layout.Keyspace;
import dev.q.store.redis.layout.SettleCall;
import dev.q.store.redis.layout.Tokens;
import org.jspecify.annotations.Nullable;

/**
 * Storing jobs in Redis, and working them off. Calls for several queues are sent
 * together.
 */
final class RedisWorkStore implements WorkStore {

	/** Most leases that one script handles, so that it holds the server only briefly. */
	private static final int MOST_LEASES = 1000;

	private final RedisLink link;

	private final Keyspace keys;

	private final KnownQueues queues;

	private final Claims claims;

	private final ReplicatedInserts replicated;

	private final RedisSignals signals;

	RedisWorkStore(RedisLink link, Keyspace keys, KnownQueues queues, RedisSignals signals, RedisSettings settings) {
		this.link = link;
		this.keys = keys;
		this.queues = queues;
		this.claims = new Claims(link, keys, signals);
		this.replicated = new ReplicatedInserts(link, settings, keys);
		this.signals = signals;
	}

	@Override
	public List<InsertAnswer> insert(List<InsertGroup> groups) {
		groups.forEach(InsertGroup::requireStorableTimes);
		List<InsertCall> calls = InsertCall.of(groups);
		calls.forEach((call) -> call.listIn(this.queues));
		Map<InsertCall, InsertAnswer> said = new LinkedHashMap<>();
		insertAtOnce(calls.stream().filter((call) -> !call.isReplicated()).toList(), said);
		List<InsertCall> replicated = calls.stream().filter(InsertCall::isReplicated).toList();
		if (!replicated.isEmpty()) {
			this.replicated.insert(replicated, said);
		}
		InsertAnswer[] answers = new InsertAnswer[groups.size()];
		said.forEach((call, answer) -> call.note(answer, answers));
		return List.of(answers);
	}

	private void insertAtOnce(List<InsertCall> calls, Map<InsertCall, InsertAnswer> answers) {
		Map<InsertCall, CompletableFuture<List<Object>>> said = new LinkedHashMap<>();
		for (InsertCall call : calls) {
			said.put(call, this.link.send(call.script(), call.keys(this.keys), call.args()));
		}
		said.forEach((call, answer) -> answers.put(call, call.answer(this.link.await(answer))));
	}

	@Override
	public ClaimAnswer claim(ClaimRequest request) {
		return this.claims.claim(request);
	}

	@Override
	public List<LeaseAnswer> renew(List<Lease> leases) {
		return underLease(new LeaseCall<>(leases, Function.identity(), Script.RENEW, Args::new),
				(lease, args) -> args.add(lease.length()));
	}

	@Override
	public List<LeaseAnswer> settle(List<Settlement> settlements, Retention retention) {
		List<LeaseAnswer> answers = settleTogether(settlements, retention);
		if (settlements.size() > 1 && answers.contains(LeaseAnswer.REFUSED)) {
			answers = settleApart(settlements, answers, retention);
		}
		this.signals.awaited().settled(settlements, answers);
		return answers;
	}

	private List<LeaseAnswer> settleTogether(List<Settlement> settlements, Retention retention) {
		return underLease(
				new LeaseCall<>(settlements, Settlement::lease, Script.SETTLE, () -> SettleCall.start(retention)),
				(settlement, args) -> args.add(SettleCall.bytes(settlement.outcome())));
	}

	/**
	 * A script that stumbles over one settlement refuses all that were sent with it. What
	 * others were answered stands, so these are sent once more, each by itself.
	 */
	private List<LeaseAnswer> settleApart(List<Settlement> settlements, List<LeaseAnswer> answers,
			Retention retention) {
		List<LeaseAnswer> apart = new ArrayList<>(answers);
		boolean answering = true;
		for (int i = 0; i < apart.size(); i++) {
			if (apart.get(i) == LeaseAnswer.REFUSED) {
				LeaseAnswer answer = answering ? settleAlone(settlements.get(i), retention) : LeaseAnswer.BUSY;
				answering = answer != LeaseAnswer.BUSY;
				apart.set(i, answer);
			}
		}
		return Collections.unmodifiableList(apart);
	}

	/** Whoever is busy asks again, and meets the failure if it lasts. */
	private LeaseAnswer settleAlone(Settlement settlement, Retention retention) {
		try {
			return settleTogether(List.of(settlement), retention).get(0);
		}
		catch (StoreException ex) {
			return LeaseAnswer.BUSY;
		}
	}

	/**
	 * Sends items to the queues of their leases, and puts the answers into their order. A
	 * token that no claim can have given is lost without asking.
	 */
	private <T> List<LeaseAnswer> underLease(LeaseCall<T> call, BiConsumer<T, Args> rest) {
		LeaseAnswer[] answers = new LeaseAnswer[call.items().size()];
		Arrays.fill(answers, LeaseAnswer.LOST);
		Map<QueueName, Piece> open = new LinkedHashMap<>();
		List<Piece> pieces = new ArrayList<>();
		for (int i = 0; i < answers.length; i++) {
			T item = call.items().get(i);
			Lease lease = call.leaseOf().apply(item);
			String nonce = Tokens.nonceOf(lease);
			if (nonce != null) {
				Piece piece = open.get(lease.queue());
				if (piece == null || piece.places().size() == MOST_LEASES) {
					piece = new Piece(lease.queue(), call.start().get(), new ArrayList<>());
					open.put(lease.queue(), piece);
					pieces.add(piece);
				}
				piece.places().add(i);
				rest.accept(item, piece.args().add(lease.job()).add(nonce));
			}
		}
		List<CompletableFuture<List<Object>>> said = pieces.stream()
			.map((piece) -> this.link.send(call.script(), this.keys.of(piece.queue()).all(), piece.args()))
			.toList();
		note(pieces, said, answers, call.script());
		return Collections.unmodifiableList(Arrays.asList(answers));
	}

	/**
	 * Takes the answers down. Where one server of a cluster failed and others did not,
	 * its leases are busy: nothing is known of them, and nobody is to suffer for that who
	 * was answered. What a script refuses to settle is said so; a lease is never refused.
	 */
	private void note(List<Piece> pieces, List<CompletableFuture<List<Object>>> said, LeaseAnswer[] answers,
			Script script) {
		List<StoreException> failures = new ArrayList<>();
		for (int i = 0; i < pieces.size(); i++) {
			try {
				pieces.get(i).note(this.link.await(said.get(i)), answers);
			}
			catch (StoreException ex) {
				boolean isRefusal = script == Script.SETTLE && StoreException.isRefusal(ex);
				if (!isRefusal) {
					failures.add(ex);
				}
				pieces.get(i)
					.places()
					.forEach((place) -> answers[place] = isRefusal ? LeaseAnswer.REFUSED : LeaseAnswer.BUSY);
			}
		}
		if (!failures.isEmpty() && failures.size() == pieces.size()) {
			throw failures.get(0);
		}
	}

	@Override
	public Subscription subscribe(WorkerId worker, StoreListener listener) {
		return this.signals.subscribe(worker, listener);
	}

	/**
	 * What is done to leases.
	 *
	 * @param items leases and what goes with each
	 * @param leaseOf the lease of an item
	 * @param script what does it
	 * @param start the arguments before those of the first item
	 */
	private record LeaseCall<T>(List<T> items, Function<T, Lease> leaseOf, Script script, Supplier<Args> start) {
	}

	/**
	 * The part of a call that goes to one queue.
	 *
	 * @param places where the answers belong
	 */
	private record Piece(QueueName queue, Args args, List<Integer> places) {

		void note(List<Object> said, @Nullable LeaseAnswer[] answers) {
			StoreException.requireAnswers("leases", this.places.size(), said.size());
			for (int i = 0; i < said.size(); i++) {
				int place = this.places.get(i);
				answers[place] = switch (((Long) said.get(i)).intValue()) {
					case 0 -> LeaseAnswer.LOST;
					case 1 -> LeaseAnswer.APPLIED;
					default -> LeaseAnswer.REFUSED;
				};
			}
		}

	}

}
