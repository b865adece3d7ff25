package dev.q.boot.endpoint;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.q.JobReceipt;
import dev.q.admin.BulkAction;
import dev.q.admin.BulkReport;
import dev.q.admin.BulkRequest;
import dev.q.admin.JobAdmin;
import dev.q.admin.ScheduleAdmin;
import dev.q.admin.view.JsonMap;
import dev.q.job.JobDetails;
import dev.q.job.JobId;
import dev.q.job.QueueName;
import dev.q.store.PauseMode;
import org.jspecify.annotations.Nullable;

/**
 * What can be done by the endpoint.
 *
 * @param admin steers jobs and queues
 * @param schedules steers schedules
 */
record Acts(JobAdmin admin, ScheduleAdmin schedules) {

	private static final String BY_HAND = "by the endpoint";

	private static final int MOST_JOBS = 100_000;

	/** The same for somebody, if it is known who. */
	Acts as(@Nullable String who) {
		return (who != null) ? new Acts(this.admin.as(who), this.schedules.as(who)) : this;
	}

	Map<String, Object> dryRun(BulkWish wish) {
		BulkRequest request = wish.request();
		BulkReport report = this.admin.dryRun(request);
		return of(report).with("dryRun", true).with("confirm", token(request, report)).map();
	}

	Map<String, Object> run(BulkWish wish, @Nullable String confirm) {
		BulkRequest request = wish.request();
		if (confirm == null) {
			throw RefusedException.conflict("confirm is missing. Make a dry run, and send what it gives there");
		}
		BulkReport counted = this.admin.dryRun(request);
		if (!token(request, counted).equals(confirm)) {
			throw RefusedException
				.conflict("This is not what the dry run said: %d jobs are meant now. Make a dry run anew"
					.formatted(counted.matched()));
		}
		return of(this.admin.run(request)).with("dryRun", false).map();
	}

	private static JsonMap of(BulkReport report) {
		return new JsonMap().with("looked", report.looked())
			.with("matched", report.matched())
			.with("changed", report.changed())
			.with("next", report.next());
	}

	/** Says what is done to which jobs, and to how many. */
	private static String token(BulkRequest request, BulkReport report) {
		String text = "%s|%s|%d|%s|%d".formatted(request.action(), request.filter(), request.limit(), request.cursor(),
				report.matched());
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash, 0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256, but this one has not", ex);
		}
	}

	Map<String, Object> onQueue(String name, @Nullable String action, @Nullable String mode) {
		QueueName queue = new QueueName(name);
		switch (String.valueOf(action)) {
			case "pause" -> {
				PauseMode wanted = (mode != null) ? Wish.constant("mode", PauseMode.class, mode) : PauseMode.OUT;
				this.admin.pause(queue, wanted);
				return Map.of("queue", name, "pause", wanted.name());
			}
			case "resume" -> {
				this.admin.resume(queue);
				return Map.of("queue", name, "pause", PauseMode.NONE.name());
			}
			default -> throw Wish.noAction(action, "pause or resume");
		}
	}

	Map<String, Object> onJob(String name, @Nullable String action, @Nullable String reason) {
		JobId id = JobId.of(name);
		List<JobId> one = List.of(id);
		Set<JobId> changed = switch (String.valueOf(action)) {
			case "retry" -> this.admin.retry(one);
			case "cancel" -> this.admin.cancel(one, (reason != null) ? reason : BY_HAND);
			case "delete" -> this.admin.delete(one);
			case "hold" -> this.admin.hold(one);
			case "release" -> this.admin.release(one);
			case "runNow" -> this.admin.runNow(one);
			default -> throw Wish.noAction(action, "retry, cancel, delete, hold, release or runNow");
		};
		if (changed.isEmpty()) {
			JobDetails details = this.admin.find(id).orElseThrow(() -> Looks.noSuch("job", name));
			throw RefusedException.conflict("Job %s is %s, so %s does nothing to it, or its unique key is taken"
				.formatted(id, details.state(), action));
		}
		return Map.of("job", id.toString(), "changed", true);
	}

	Map<String, Object> onSchedule(String name, @Nullable String action) {
		if (this.schedules.find(name).isEmpty()) {
			throw Looks.noSuch("schedule", name);
		}
		switch (String.valueOf(action)) {
			case "pause" -> this.schedules.pause(name);
			case "resume" -> this.schedules.resume(name);
			case "remove" -> this.schedules.remove(name);
			case "trigger" -> {
				JobReceipt receipt = this.schedules.trigger(name);
				return Map.of("schedule", name, "job", receipt.id().toString(), "status", receipt.status().name());
			}
			default -> throw Wish.noAction(action, "pause, resume, trigger or remove");
		}
		return Map.of("schedule", name, "changed", true);
	}

	/**
	 * What is to be done to all jobs that a filter means.
	 *
	 * @param area must be {@code jobs}
	 * @param action what
	 * @param reason why, or null
	 * @param wish to which jobs
	 */
	record BulkWish(String area, @Nullable String action, @Nullable String reason, Wish wish) {

		BulkRequest request() {
			if (!this.area.equals("jobs")) {
				throw Wish.noArea(this.area, "jobs only, to which something can be done by a filter");
			}
			return new BulkRequest(bulk(), this.wish.filter().read(),
					this.wish.limit(BulkRequest.DEFAULT_LIMIT, MOST_JOBS), this.wish.cursor());
		}

		private BulkAction bulk() {
			return switch (String.valueOf(this.action)) {
				case "retry" -> BulkAction.retry();
				case "cancel" -> BulkAction.cancel((this.reason != null) ? this.reason : BY_HAND);
				case "delete" -> BulkAction.delete();
				case "hold" -> BulkAction.hold();
				case "release" -> BulkAction.release();
				default -> throw Wish.noAction(this.action, "retry, cancel, delete, hold or release");
			};
		}

	}

}
