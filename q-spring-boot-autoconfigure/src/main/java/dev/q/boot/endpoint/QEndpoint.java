package dev.q.boot.endpoint;

import java.security.Principal;
import java.util.List;
import java.util.Map;

import dev.q.admin.view.JobView;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Shows queues, jobs, workers and schedules over HTTP, and steers them. Boot's rules
 * hold: nothing is exposed unless the application says so, and what changes something is
 * not there unless access is {@code unrestricted}.
 *
 * @since 0.1
 */
@WebEndpoint(id = "q", defaultAccess = Access.READ_ONLY)
public class QEndpoint {

	private final Looks looks;

	private final Acts acts;

	private final QEndpointProperties properties;

	QEndpoint(Looks looks, Acts acts, QEndpointProperties properties) {
		this.looks = looks;
		this.acts = acts;
		this.properties = properties;
	}

	/**
	 * The figures of the whole.
	 * @return the answer
	 */
	@ReadOperation
	public WebEndpointResponse<Map<String, Object>> overview() {
		return Answers.of(this.looks::overview);
	}

	/**
	 * All queues, workers or schedules, or a page of jobs.
	 * @param area which list: "queues", "jobs", "workers" or "schedules"
	 * @param state states of jobs, or null for all
	 * @param queue queue of jobs, or null for all
	 * @param type type of jobs, or null for all
	 * @param tag tag of jobs, or null for all
	 * @param storedBefore when the jobs were stored at the latest, or null for all
	 * @param limit size of a page, or null for 50
	 * @param cursor where the last page ended, or null for the first one
	 * @param security who asks
	 * @return the answer
	 */
	@ReadOperation
	public WebEndpointResponse<Map<String, Object>> list(@Selector String area, @Nullable List<String> state,
			@Nullable String queue, @Nullable String type, @Nullable String tag, @Nullable String storedBefore,
			@Nullable String limit, @Nullable String cursor, SecurityContext security) {
		return Answers.of(() -> this.looks.list(area,
				new Wish(new Wish.Filter(state, queue, type, tag, storedBefore), limit, cursor), view(security)));
	}

	/**
	 * One queue, job, worker or schedule.
	 * @param area {@code queues}, {@code jobs}, {@code workers} or {@code schedules}
	 * @param name its name or id
	 * @param security who asks
	 * @return the answer
	 */
	@ReadOperation
	public WebEndpointResponse<Map<String, Object>> one(@Selector String area, @Selector String name,
			SecurityContext security) {
		return Answers.of(() -> this.looks.one(area, name, view(security)));
	}

	/**
	 * Does something to all jobs that a filter means.
	 * @param area {@code jobs}
	 * @param action {@code retry}, {@code cancel}, {@code delete}, {@code hold} or
	 * {@code release}
	 * @param reason why jobs are cancelled, or null
	 * @param state states of jobs, or null for all that the action is for
	 * @param queue queue of jobs, or null for all
	 * @param type type of jobs, or null for all
	 * @param tag tag of jobs, or null for all
	 * @param storedBefore when the jobs were stored at the latest, or null for all
	 * @param limit how many jobs at most, or null for 10 000
	 * @param cursor where the last call ended, or null for the start
	 * @param dryRun {@code false} to do it; else it is only counted
	 * @param confirm what the dry run gave, to do it
	 * @param security who asks
	 * @return the answer
	 */
	@WriteOperation
	public WebEndpointResponse<Map<String, Object>> actOnAll(@Selector String area, @Nullable String action,
			@Nullable String reason, @Nullable List<String> state, @Nullable String queue, @Nullable String type,
			@Nullable String tag, @Nullable String storedBefore, @Nullable String limit, @Nullable String cursor,
			@Nullable String dryRun, @Nullable String confirm, SecurityContext security) {
		return Answers.of(() -> {
			Acts.BulkWish wish = new Acts.BulkWish(area, action, reason,
					new Wish(new Wish.Filter(state, queue, type, tag, storedBefore), limit, cursor));
			Acts mine = this.acts.as(name(security));
			return Wish.isFalse("dryRun", dryRun) ? mine.run(wish, confirm) : mine.dryRun(wish);
		});
	}

	/**
	 * Does something to one queue, job or schedule.
	 * @param area {@code queues}, {@code jobs} or {@code schedules}
	 * @param name its name or id
	 * @param action what is done
	 * @param mode how a queue is paused: {@code OUT}, {@code IN} or {@code ALL}; null for
	 * {@code OUT}
	 * @param reason why a job is cancelled, or null
	 * @param security who asks
	 * @return the answer
	 */
	@WriteOperation
	public WebEndpointResponse<Map<String, Object>> act(@Selector String area, @Selector String name,
			@Nullable String action, @Nullable String mode, @Nullable String reason, SecurityContext security) {
		return Answers.of(() -> {
			Acts mine = this.acts.as(name(security));
			return switch (area) {
				case "queues" -> mine.onQueue(name, action, mode);
				case "jobs" -> mine.onJob(name, action, reason);
				case "schedules" -> mine.onSchedule(name, action);
				default -> throw Wish.noArea(area, "queues, jobs and schedules");
			};
		});
	}

	/**
	 * Deletes a job or a schedule.
	 * @param area {@code jobs} or {@code schedules}
	 * @param name its name or id
	 * @param security who asks
	 * @return the answer
	 */
	@DeleteOperation
	public WebEndpointResponse<Map<String, Object>> delete(@Selector String area, @Selector String name,
			SecurityContext security) {
		return Answers.of(() -> {
			Acts mine = this.acts.as(name(security));
			return switch (area) {
				case "jobs" -> mine.onJob(name, "delete", null);
				case "schedules" -> mine.onSchedule(name, "remove");
				default -> throw Wish.noArea(area, "jobs and schedules");
			};
		});
	}

	private JobView view(SecurityContext security) {
		return this.properties.showPayloads().isShown(security, this.properties.roles()) ? JobView.WHOLE
				: JobView.WITHOUT_PAYLOADS;
	}

	/** Null leaves it to the bean that says who acts. */
	private static @Nullable String name(SecurityContext security) {
		Principal principal = security.getPrincipal();
		return (principal != null) ? principal.getName() : null;
	}

}
