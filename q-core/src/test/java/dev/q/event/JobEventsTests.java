package dev.q.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.q.job.Job;
import dev.q.job.JobCounters;
import dev.q.job.JobId;
import dev.q.job.JobSpec;
import dev.q.job.JobState;
import dev.q.job.JobTimes;
import dev.q.job.Payload;
import dev.q.job.QueueName;
import dev.q.job.TypeName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class JobEventsTests {

	private static final JobSpec SPEC = JobSpec.of(QueueName.DEFAULT, new TypeName("t"),
			Payload.json(new byte[] { 1 }));

	private static final JobId ID = JobId.timeOrdered(Instant.EPOCH, 0, 0);

	private static final JobEvent EVENT = new JobEvent.Enqueued(ID, SPEC);

	private final Logger logger = (Logger) LoggerFactory.getLogger(JobEvents.class);

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	private final List<JobEvent> heard = new ArrayList<>();

	@BeforeEach
	void listen() {
		this.log.start();
		this.logger.addAppender(this.log);
		this.logger.setAdditive(false);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.log);
		this.logger.setAdditive(true);
	}

	@Test
	void everyListenerIsToldInOrder() {
		List<String> order = new ArrayList<>();
		JobEvents events = new JobEvents(List.of((event) -> order.add("first"), (event) -> order.add("second")));

		events.publish(EVENT);

		assertThat(order).containsExactly("first", "second");
	}

	@Test
	void aListenerThatThrowsDisturbsNobodyAndIsLoggedOnce() {
		JobEvents events = new JobEvents(List.of(JobEventsTests::fail, this.heard::add));

		events.publish(EVENT);
		events.publish(EVENT);

		assertThat(this.heard).containsExactly(EVENT, EVENT);
		assertThat(this.log.list).singleElement()
			.satisfies((event) -> assertThat(event.getFormattedMessage()).contains("Enqueued").contains(ID.toString()));
	}

	@Test
	void twoBrokenListenersAreBothLogged() {
		JobEvents events = new JobEvents(List.of(JobEventsTests::fail, JobEventsTests::fail));

		events.publish(EVENT);

		assertThat(this.log.list).hasSize(2);
	}

	@Test
	void noErrorOfAListenerReachesWhoPublishes() {
		JobEvents events = new JobEvents(List.of((event) -> {
			throw new OutOfMemoryError("drill");
		}, this.heard::add));

		events.publish(EVENT);

		assertThat(this.heard).containsExactly(EVENT);
	}

	@Test
	void silenceIsKnownBeforehand() {
		assertThat(JobEvents.NONE.isSilent()).isTrue();
		assertThat(new JobEvents(List.of(this.heard::add)).isSilent()).isFalse();
	}

	@Test
	void anEventOfAJobSaysWhichJob() {
		Job job = new Job(ID, SPEC, JobState.RUNNING, JobCounters.ZERO,
				JobTimes.created(Instant.EPOCH, Instant.EPOCH, null));

		JobEvent event = new JobEvent.Started(job);

		assertThat(event.id()).isEqualTo(ID);
		assertThat(event.spec()).isEqualTo(SPEC);
	}

	@Test
	void whoeverListensForAWhileIsToldOfWhatHappensMeanwhile() {
		JobEvents events = new JobEvents(List.of());
		JobListener listener = this.heard::add;
		events.publish(EVENT);

		events.attach(listener);
		assertThat(events.isSilent()).isFalse();
		events.publish(EVENT);
		events.detach(listener);
		events.publish(EVENT);

		assertThat(this.heard).containsExactly(EVENT);
		assertThat(events.isSilent()).isTrue();
	}

	@Test
	void nobodyCanListenToTheEventsOfNobody() {
		JobEvents.NONE.attach(this.heard::add);

		assertThat(JobEvents.NONE.isSilent()).isTrue();
	}

	private static void fail(JobEvent event) {
		throw new IllegalStateException("the listener is broken");
	}

}
