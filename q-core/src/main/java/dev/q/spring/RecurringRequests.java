package dev.q.spring;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import dev.q.JobRequest;
import dev.q.codec.PayloadCodec;
import dev.q.handler.HandlerDefinition;
import dev.q.handler.InvalidHandlerException;
import dev.q.handler.RecurringMark;
import dev.q.job.Payload;
import dev.q.job.QException;
import dev.q.retry.DurationText;
import dev.q.schedule.Misfire;
import dev.q.schedule.Recurring;
import dev.q.schedule.ScheduleOptions;
import dev.q.schedule.ScheduleRequest;
import dev.q.schedule.Schedules;
import dev.q.schedule.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is written in {@link Recurring}. A complaint names the method.
 *
 * @since 0.1
 */
public final class RecurringRequests {

	private final Schedules schedules;

	private final PayloadCodec codec;

	private final UnaryOperator<String> texts;

	private final @Nullable String owner;

	/**
	 * Makes a reader.
	 * @param schedules checks what was read
	 * @param codec reads payloads
	 * @param texts puts values in the place of placeholders
	 * @param owner name of the application, or null if it has none
	 */
	public RecurringRequests(Schedules schedules, PayloadCodec codec, UnaryOperator<String> texts,
			@Nullable String owner) {
		this.schedules = schedules;
		this.codec = codec;
		this.texts = texts;
		this.owner = ScheduleOptions.DEFAULT.withOwner(owner).owner();
	}

	@Nullable String owner() {
		return this.owner;
	}

	/**
	 * Reads marks.
	 * @param marks what is said of handlers
	 * @return the schedules, without those that are disabled
	 * @throws InvalidHandlerException if something cannot be used; nothing was stored
	 */
	List<ScheduleRequest> of(Collection<RecurringMark> marks) {
		List<ScheduleRequest> requests = new ArrayList<>();
		Map<String, String> origins = new LinkedHashMap<>();
		for (RecurringMark mark : marks) {
			String origin = mark.handler().origin();
			request(mark).ifPresent((request) -> {
				String other = origins.put(request.name(), origin);
				if (other != null) {
					throw new InvalidHandlerException(origin,
							"@Recurring: the schedule %s is declared for %s already. Give one of them another id"
								.formatted(request.name(), other),
							null);
				}
				requests.add(request);
			});
		}
		return requests;
	}

	private Optional<ScheduleRequest> request(RecurringMark mark) {
		try {
			Optional<ScheduleRequest> request = read(mark.handler(), mark.recurring());
			request.ifPresent(this.schedules::check);
			return request;
		}
		catch (IllegalArgumentException | QException ex) {
			throw new InvalidHandlerException(mark.handler().origin(), "@Recurring: %s".formatted(ex.getMessage()), ex);
		}
	}

	private Optional<ScheduleRequest> read(HandlerDefinition handler, Recurring recurring) {
		String cron = text(recurring.cron());
		String every = text(recurring.every());
		if (cron.equals(Recurring.DISABLED) || every.equals(Recurring.DISABLED)) {
			return Optional.empty();
		}
		if (cron.isEmpty() == every.isEmpty()) {
			throw new IllegalArgumentException("it has %s. Give either cron or every, or '-' for no schedule"
				.formatted(cron.isEmpty() ? "neither cron nor every" : "both cron and every"));
		}
		String id = text(recurring.id());
		ScheduleOptions options = new ScheduleOptions(Misfire.parse(text(recurring.misfire())), recurring.overlap(),
				DurationText.parse(text(recurring.jitter())), this.owner);
		JobRequest job = JobRequest.of(handler.type().value(), payload(handler, text(recurring.payload())));
		return Optional.of(new ScheduleRequest(id.isEmpty() ? handler.type().value() : id,
				cron.isEmpty() ? Trigger.EVERY + every : cron, text(recurring.zone()), job, options));
	}

	private @Nullable Object payload(HandlerDefinition handler, String json) {
		if (handler.payloadType() == null) {
			if (!json.isEmpty()) {
				throw new IllegalArgumentException("it has a payload, but its method takes none. Leave it out");
			}
			return null;
		}
		if (json.isEmpty()) {
			if (!handler.invoker().acceptsNull()) {
				throw new IllegalArgumentException(
						"its method takes a payload, but it has none. Give one as JSON, as in payload = \"{}\"");
			}
			return null;
		}
		return this.codec.decode(Payload.json(json.getBytes(StandardCharsets.UTF_8)), handler.payloadType());
	}

	private String text(String text) {
		return this.texts.apply(text).strip();
	}

}
