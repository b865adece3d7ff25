package dev.q.cancel;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.q.JobOutcome;
import dev.q.admin.BulkAction;
import dev.q.admin.BulkRequest;
import dev.q.admin.JobAdmin;
import dev.q.admin.JobFilter;
import dev.q.admin.audit.AuditTrail;
import dev.q.event.JobEvent;
import dev.q.event.JobEvents;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.scene.EngineScene;
import dev.q.store.JobStore;
import dev.q.store.StoreException;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CancellerTests {

	private final EngineScene scene = new EngineScene();

	private final List<JobEvent> heard = new ArrayList<>();

	private final JobEvents events = new JobEvents(List.of(this.heard::add));

	private final JobAdmin admin = new JobAdmin(this.scene.store, 1000, AuditTrail.logged(), this.events);

	private final AtomicInteger reads = new AtomicInteger();

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void eachJobThatIsCancelledIsToldOfOnceAndNoOther() {
		JobId first = this.scene.enqueue("note", "a");
		JobId second = this.scene.enqueue("note", "b");
		this.admin.cancel(List.of(first), "wrong customer");
		this.admin.cancel(List.of(first, second, this.scene.enqueue("note", "c")), "all of them");
		this.admin.cancel(List.of(first, second), "once more");

		assertThat(cancelled()).hasSize(3);
		assertThat(cancelled().get(0).job().id()).isEqualTo(first);
		assertThat(cancelled().get(0).job().state()).isEqualTo(JobState.CANCELLED);
		assertThat(cancelled()).extracting(JobEvent.Cancelled::reason)
			.containsExactly("wrong customer", "all of them", "all of them");
		assertThat(cancelled()).extracting(JobEvent.Cancelled::took).containsOnlyNulls();
	}

	@Test
	void jobsThatAreCancelledByFilterAreToldOf() {
		for (int i = 0; i < 700; i++) {
			this.scene.enqueue("note", "x");
		}
		BulkRequest request = BulkRequest.of(BulkAction.cancel("drill"), JobFilter.ALL);

		this.admin.dryRun(request);
		assertThat(this.heard).isEmpty();
		this.admin.as("somebody").run(request);

		assertThat(cancelled()).hasSize(700);
		assertThat(cancelled().stream().map(JobEvent::id).distinct()).hasSize(700);
	}

	@Test
	void aRunningJobIsToldOfByWhoCancelledItAndNotByItsWorker() {
		this.scene.handle("slow", (payload, context) -> {
			this.admin.cancel(Set.of(context.id()), "called off");
			return JobOutcome.cancel("me too");
		});
		JobId id = this.scene.enqueue("slow", "x");
		try (ManualJobEngine engine = this.scene.engine()) {
			engine.runDueJobs();
		}

		assertThat(cancelled()).extracting(JobEvent::id).containsExactly(id);
		assertThat(this.scene.events).noneMatch(JobEvent.Cancelled.class::isInstance)
			.anyMatch((event) -> event instanceof JobEvent.Stale || event instanceof JobEvent.LeaseLost);
	}

	@Test
	void aJobThatCannotBeReadIsCancelledAllTheSame() {
		JobId id = this.scene.enqueue("note", "a");

		assertThat(new Canceller(unreadable(), this.events).cancel(List.of(id), Set.of(), "drill")).containsExactly(id);
		assertThat(this.scene.find(id).state()).isEqualTo(JobState.CANCELLED);
		assertThat(this.reads).hasValue(1);
		assertThat(this.heard).isEmpty();
	}

	@Test
	void whereNothingIsToBeToldNothingIsRead() {
		JobId id = this.scene.enqueue("note", "a");

		assertThat(new Canceller(unreadable(), JobEvents.NONE).cancel(List.of(id), Set.of(), "drill"))
			.containsExactly(id);
		new Canceller(unreadable(), this.events).cancel(EngineScene.QUEUE, id, "has ended already");

		assertThat(this.reads).hasValue(0);
	}

	private List<JobEvent.Cancelled> cancelled() {
		return this.heard.stream()
			.filter(JobEvent.Cancelled.class::isInstance)
			.map(JobEvent.Cancelled.class::cast)
			.toList();
	}

	/** The store of the scene, where nobody can read. */
	private JobStore unreadable() {
		JobStore store = this.scene.store;
		return (JobStore) Proxy.newProxyInstance(JobStore.class.getClassLoader(), new Class<?>[] { JobStore.class },
				(proxy, method, args) -> {
					if (method.getName().equals("catalog")) {
						this.reads.incrementAndGet();
						throw new StoreException("drill");
					}
					return method.invoke(store, args);
				});
	}

}
