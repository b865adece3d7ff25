package dev.q.context;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.q.JobOption;
import dev.q.JobRequest;
import dev.q.event.JobEvents;
import dev.q.job.JobSpec;
import dev.q.scene.EngineScene;
import dev.q.testing.ManualJobEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MdcHeadersTests {

	private final EngineScene scene = new EngineScene();

	private final MdcHeaders headers = new MdcHeaders(List.of("tenant", "request"));

	private final List<Map<String, String>> seen = new ArrayList<>();

	private final ManualJobEngine engine = this.scene.handle("look", (payload, context) -> this.seen.add(copy()))
		.engine(JobEvents.NONE, List.of(this.headers));

	@AfterEach
	void close() {
		MDC.clear();
		this.engine.close();
		this.scene.close();
	}

	@Test
	void onlyNamedKeysTravel() {
		MDC.put("tenant", "acme");
		MDC.put("password", "s3cret");

		assertThat(headersOf(JobRequest.of("any", null))).isEqualTo(Map.of("mdc.tenant", "acme"));
	}

	@Test
	void aValueThatIsTooLongStaysBehind() {
		MDC.put("tenant", "x".repeat(MdcHeaders.LONGEST_VALUE + 1));
		MDC.put("request", "x".repeat(MdcHeaders.LONGEST_VALUE));

		assertThat(headersOf(JobRequest.of("any", null))).containsOnlyKeys("mdc.request");
	}

	@Test
	void whatTheRequestSaysItselfStays() {
		MDC.put("tenant", "acme");

		assertThat(headersOf(JobRequest.of("any", null).with((options) -> options.header("mdc.tenant", "other"))))
			.containsEntry("mdc.tenant", "other");
	}

	@Test
	void withNothingInTheContextTheRequestStaysTheSame() {
		JobRequest request = JobRequest.of("any", null);

		assertThat(this.headers.beforeEnqueue(request)).isSameAs(request);
	}

	@Test
	void theHandlerHasTheNamedKeysAndNothingIsLeftOfThem() {
		MDC.put("tenant", "of the thread");

		run(Map.of("mdc.tenant", "acme", "mdc.request", "r1", "mdc.admin", "true"));
		run(Map.of());

		assertThat(this.seen.get(0)).containsEntry("tenant", "acme")
			.containsEntry("request", "r1")
			.doesNotContainKey("admin");
		assertThat(this.seen.get(1)).containsEntry("tenant", "of the thread").doesNotContainKey("request");
		assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("tenant", "of the thread"));
	}

	@Test
	void keysThatCannotTravelAreRefusedByName() {
		assertThatIllegalArgumentException().isThrownBy(() -> new MdcHeaders(List.of("tenant id")))
			.withMessageContaining("tenant id");
		assertThatIllegalArgumentException().isThrownBy(() -> new MdcHeaders(List.of("q.job")))
			.withMessageContaining("q.job");
		assertThatIllegalArgumentException().isThrownBy(() -> new MdcHeaders(List.of("")));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new MdcHeaders(IntStream.range(0, 17).mapToObj((i) -> "key" + i).toList()))
			.withMessageContaining("17 are named");
	}

	private Map<String, String> headersOf(JobRequest request) {
		return this.headers.beforeEnqueue(request).options().get(JobOption.HEADERS).orElse(Map.of());
	}

	private void run(Map<String, String> brought) {
		JobSpec spec = this.scene.job("look", "x");
		this.scene.enqueue(spec.annotated(spec.tags(), brought));
		this.engine.runDueJobs();
	}

	private static Map<String, String> copy() {
		Map<String, String> map = MDC.getCopyOfContextMap();
		return new HashMap<>((map != null) ? map : Collections.emptyMap());
	}

}
