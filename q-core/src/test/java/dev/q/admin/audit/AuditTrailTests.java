package dev.q.admin.audit;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.q.admin.BulkAction;
import dev.q.admin.BulkFailedException;
import dev.q.admin.BulkRequest;
import dev.q.admin.JobAdmin;
import dev.q.admin.JobEdit;
import dev.q.admin.JobFilter;
import dev.q.event.JobEvents;
import dev.q.job.Due;
import dev.q.job.Job;
import dev.q.job.JobId;
import dev.q.job.JobState;
import dev.q.scene.EngineScene;
import dev.q.store.JobControl;
import dev.q.store.JobStore;
import dev.q.store.Pause;
import dev.q.store.PauseMode;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the audit is told of acts.
 */
class AuditTrailTests {

	private final EngineScene scene = new EngineScene();

	private final List<AuditEvent> events = new ArrayList<>();

	private final AuditTrail audit = new AuditTrail(List.of((AuditListener) this.events::add), () -> "somebody",
			this.scene.clock);

	private final JobAdmin admin = admin(this.scene.store);

	@AfterEach
	void close() {
		this.scene.close();
	}

	@Test
	void everyActIsToldOnce() {
		JobId id = this.scene.enqueue("any", "x");
		Job job = this.scene.find(id).job();
		List<Consumer<JobAdmin>> acts = List.of((it) -> it.hold(List.of(id)), (it) -> it.release(List.of(id)),
				(it) -> it.reschedule(List.of(id), Due.at(this.scene.clock.instant().plusSeconds(9))),
				(it) -> it.runNow(List.of(id)), (it) -> it.edit(JobEdit.of(this.scene.find(id).job()).priority(1)),
				(it) -> it.cancel(List.of(id), "drill"), (it) -> it.retry(List.of(id)),
				(it) -> it.pause(EngineScene.QUEUE, PauseMode.OUT), (it) -> it.resume(EngineScene.QUEUE),
				(it) -> it.delete(List.of(id)));

		acts.forEach((act) -> act.accept(this.admin));

		assertThat(this.events).extracting((event) -> event.act().name())
			.containsExactly("hold", "release", "reschedule", "runNow", "edit", "cancel", "retry", "pause", "resume",
					"delete");
		assertThat(this.events).allSatisfy((event) -> {
			assertThat(event.count()).isOne();
			assertThat(event.who()).isEqualTo("somebody");
			assertThat(event.failure()).isNull();
			assertThat(event.at()).isEqualTo(this.scene.clock.instant());
		});
		assertThat(this.events.get(5).act().target())
			.isEqualTo(Map.of("ids", List.of(job.id().toString()), "reason", "drill"));
		assertThat(this.events.get(7).act().target()).isEqualTo(Map.of("queue", "work", "mode", "OUT"));
	}

	@Test
	void looksAreNotToldButDryRunsAre() {
		JobId id = this.scene.enqueue("any", "x");
		this.admin.queues();
		this.admin.explain(id);
		assertThat(this.events).isEmpty();

		this.admin.dryRun(BulkRequest.of(BulkAction.cancel("drill"), JobFilter.ALL.of(EngineScene.QUEUE)));

		assertThat(this.events).singleElement().satisfies((event) -> {
			assertThat(event.act().isDryRun()).isTrue();
			assertThat(event.count()).isOne();
			assertThat(event.data()).containsEntry("queue", "work")
				.containsEntry("detail", "drill")
				.containsEntry("limit", BulkRequest.DEFAULT_LIMIT)
				.containsEntry("dryRun", true)
				.containsKey("states");
		});
	}

	@Test
	void whoPausesAQueueIsKeptIfThatIsKnown() {
		this.admin.pause(EngineScene.QUEUE, PauseMode.OUT);
		assertThat(pause().by()).isEqualTo("somebody");
		this.admin.as("ada").pause(EngineScene.QUEUE, PauseMode.ALL);
		assertThat(pause().by()).isEqualTo("ada");

		new JobAdmin(this.scene.store).pause(EngineScene.QUEUE, PauseMode.IN);

		assertThat(pause().by()).isEmpty();
	}

	private Pause pause() {
		return this.admin.queues().get(0).pause();
	}

	@Test
	void theCallMaySayWhoActs() {
		JobId id = this.scene.enqueue("any", "x");

		this.admin.as("ada").hold(List.of(id));

		assertThat(this.events).extracting(AuditEvent::who).containsExactly("ada");
	}

	@Test
	void whatFailsIsToldWithWhatWasDone() {
		BulkRequest request = BulkRequest.of(BulkAction.retry(), JobFilter.ALL.in(JobState.DEAD));
		this.scene.store.close();

		assertThatExceptionOfType(BulkFailedException.class).isThrownBy(() -> this.admin.run(request));
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> this.admin.resume(EngineScene.QUEUE));

		assertThat(this.events).hasSize(2)
			.allSatisfy((event) -> assertThat(event.failure()).contains("closed"))
			.allSatisfy((event) -> assertThat(event.text()).contains("failed: "));
	}

	@Test
	void whatFailsInALaterPieceIsToldWithThePiecesBefore() {
		List<JobId> ids = IntStream.range(0, 501).mapToObj((i) -> this.scene.enqueue("any", "x")).toList();
		AtomicInteger pieces = new AtomicInteger();
		JobStore store = before("hold", () -> {
			if (pieces.incrementAndGet() == 2) {
				throw new StoreException("away");
			}
		});

		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> admin(store).hold(ids));

		assertThat(this.events).singleElement().satisfies((event) -> {
			assertThat(event.count()).isEqualTo(500);
			assertThat(event.failure()).isEqualTo("StoreException: away");
		});
	}

	@Test
	void whatIsAbandonedIsToldWithWhatIsDoneSoFarAndNotAgain() {
		IntStream.range(0, 501).forEach((i) -> this.scene.enqueue("any", "x"));
		AtomicInteger pieces = new AtomicInteger();
		JobStore store = before("hold", () -> {
			if (pieces.incrementAndGet() == 2) {
				this.audit.abandon("no answer");
				assertThat(this.events).hasSize(1);
			}
		});
		BulkRequest request = BulkRequest.of(BulkAction.hold(), JobFilter.ALL);

		assertThat(admin(store).as("ada").run(request).changed()).isEqualTo(501);

		assertThat(this.events).singleElement().satisfies((event) -> {
			assertThat(event.act().name()).isEqualTo("hold");
			assertThat(event.who()).isEqualTo("ada");
			assertThat(event.count()).isEqualTo(500);
			assertThat(event.failure()).isEqualTo("no answer");
		});
		this.audit.abandon("nothing is under way");
		assertThat(this.events).hasSize(1);
	}

	@Test
	void anErrorIsToldToo() {
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> admin(before("hold", () -> {
			throw new OutOfMemoryError("Java heap space");
		})).hold(List.of(this.scene.enqueue("any", "x"))));

		assertThat(this.events).singleElement()
			.satisfies((event) -> assertThat(event.failure()).contains("Java heap space"));
	}

	@Test
	void aListenerOrPrincipalThatFailsHarmsNothing() {
		JobId id = this.scene.enqueue("any", "x");
		AuditTrail broken = new AuditTrail(List.of((AuditListener) (event) -> {
			throw new AssertionError("full");
		}, this.events::add), () -> {
			throw new IllegalStateException("nobody is logged in");
		}, this.scene.clock);

		assertThat(new JobAdmin(this.scene.store, 10, broken, JobEvents.NONE).hold(List.of(id))).containsExactly(id);

		assertThat(this.events).extracting(AuditEvent::who).containsExactly("unknown");
	}

	@Test
	void theLineNamesAFewIdsAndEscapesWhatUsersWrote() {
		List<String> ids = IntStream.range(0, 12).mapToObj((i) -> "id" + i).toList();
		AuditEvent event = new AuditEvent(this.scene.clock.instant(), "eve\nroot",
				Act.of("cancel", Map.of("ids", ids, "reason", "a\nb")), 12, null);

		assertThat(event.text()).startsWith("eve\\u000aroot: cancel (")
			.contains("id0 id1")
			.contains("id9 and 2 more")
			.contains("reason=a\\u000ab")
			.endsWith("count 12");
		assertThat(event.text().lines()).hasSize(1);
		assertThat(event.data()).containsEntry("ids", ids);
	}

	private JobAdmin admin(JobStore store) {
		return new JobAdmin(store, 1000, this.audit, JobEvents.NONE);
	}

	/** The store, in which something happens before a change. */
	private JobStore before(String change, Runnable event) {
		JobControl control = through(JobControl.class, this.scene.store.control(), (method) -> {
			if (method.equals(change)) {
				event.run();
			}
			return null;
		});
		return through(JobStore.class, this.scene.store, (method) -> method.equals("control") ? control : null);
	}

	private static <T> T through(Class<T> type, T target, Function<String, @Nullable Object> instead) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (self, method, args) -> {
				Object answer = instead.apply(method.getName());
				return (answer != null) ? answer : method.invoke(target, args);
			}));
	}

}
