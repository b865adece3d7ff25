package dev.q.test.contract.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import dev.q.JobOptions;
import dev.q.JobReceipt;
import dev.q.job.DeadReason;
import dev.q.job.DeliveryMode;
import dev.q.job.JobState;
import dev.q.job.LeaseLostException;
import dev.q.result.JobResult;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Leases that are held while a handler runs, and jobs whose worker stands still.
 *
 * @since 0.1
 */
public abstract class LostWorkerContract extends EngineTheme {

	private final List<Object> seen = new ArrayList<>();

	@Test
	void aJobOfManyLeasesKeepsItsLease() {
		app().handle("long", (payload, context) -> {
			for (int third = 0; third < 9; third++) {
				pass(LEASE.dividedBy(3));
			}
			return this.seen.add(context.leaseLost());
		});
		Node first = node();
		turn(first);
		turn(node());

		JobReceipt receipt = first.enqueue("long", "x");
		work();

		assertThat(this.seen).containsExactly(false);
		assertThat(state(receipt)).isEqualTo(JobState.SUCCEEDED);
		assertThat(find(receipt).job().counters().deliveries()).isOne();
	}

	@Test
	void aHeartbeatHoldsTheLeaseUntilTheJobIsTaken() {
		Node first = node();
		app().handle("beats", (payload, context) -> {
			for (int beat = 0; beat < 3; beat++) {
				move(LEASE.minus(LOOK));
				context.heartbeat();
			}
			first.admin().cancel(List.of(context.id()), "drill");
			return this.seen.add(assertThatExceptionOfType(LeaseLostException.class).isThrownBy(context::heartbeat));
		});
		JobReceipt receipt = first.enqueue("beats", "x");
		Node second = node();
		ManualJobEngine engine = turn(second);

		engine.runDueJobs();

		assertThat(this.seen).hasSize(1);
		assertThat(find(receipt).cancelReason()).isEqualTo("drill");
		assertThat(find(receipt).job().counters().deliveries()).isOne();
	}

	@Test
	void aJobThatLosesTooManyWorkersIsDead() {
		JobReceipt receipt = standStill(JobOptions.NONE.maxCrashes(1));

		assertThat(find(receipt).deadReason()).isEqualTo(DeadReason.CRASHED);
		assertThat(this.seen).containsExactly("first");
	}

	@Test
	void aNodeThatStandsStillLosesItsJobToAnotherAndCannotEndIt() {
		JobReceipt receipt = standStill(JobOptions.NONE);

		assertThat(this.seen).containsExactly("first", "second");
		assertThat(node().jobs().result(receipt, String.class)).isEqualTo(new JobResult.Succeeded<>("second", null));
		assertThat(find(receipt).job().counters().crashes()).isOne();
	}

	@Test
	void aJobThatMayStartOnceIsDeadWhenItsNodeStoodStill() {
		JobReceipt receipt = standStill(JobOptions.NONE.delivery(DeliveryMode.AT_MOST_ONCE));

		assertThat(this.seen).containsExactly("first");
		assertThat(find(receipt).deadReason()).isEqualTo(DeadReason.LOST);
	}

	/**
	 * Lets a job begin on a node that stands still for longer than its lease, while
	 * another one goes on.
	 */
	private JobReceipt standStill(JobOptions options) {
		Queue<ManualJobEngine> halting = new ArrayDeque<>();
		app().handle("halts", (payload, context) -> {
			String name = this.seen.isEmpty() ? "first" : "second";
			this.seen.add(name);
			if (!halting.isEmpty()) {
				ManualJobEngine halted = halting.remove();
				passWithout(halted, LEASE.plus(LOOK));
				passWithout(halted, LOOK);
			}
			return name;
		});
		Node first = node();
		JobReceipt receipt = first.jobs().with(options).enqueue(Node.request("halts", "x"));
		turn(node());
		halting.add(turn(first));

		halting.element().runDueJobs();
		work();

		assertThat(first.heardNames()).containsExactly("Enqueued", "Started", "LeaseLost", "Stale");
		return receipt;
	}

}
