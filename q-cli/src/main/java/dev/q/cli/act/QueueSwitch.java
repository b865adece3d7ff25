package dev.q.cli.act;

import java.util.List;

import dev.q.admin.view.JsonMap;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Session;
import dev.q.job.QueueName;
import dev.q.store.PauseMode;

/**
 * Says what a queue does, and notices names that are perhaps written wrong.
 *
 * @param session the open store
 * @param action what is done
 */
record QueueSwitch(Session session, String action) {

	ExitCode set(QueueName queue, PauseMode mode) {
		boolean known = this.session.queue(queue).isPresent();
		if (mode == PauseMode.NONE) {
			this.session.admin().resume(queue);
		}
		else {
			this.session.admin().pause(queue, mode);
		}
		this.session.output()
			.show(new JsonMap().with("action", this.action)
				.with("queue", queue)
				.with("pause", mode)
				.with("known", known)
				.map(), () -> List.of("Queue %s %s".formatted(queue, text(mode))));
		if (!known) {
			this.session.output()
				.note("Note: no job is in queue %s, and none was of late. It is done all the same; is the name as meant?"
					.formatted(queue));
		}
		return ExitCode.DONE;
	}

	private static String text(PauseMode mode) {
		return switch (mode) {
			case NONE -> "takes jobs in and hands them out";
			case IN -> "takes no new jobs in, and hands out those it has";
			case OUT -> "takes jobs in, and hands none out; those that run go on";
			case ALL -> "takes no new jobs in and hands none out; those that run go on";
		};
	}

}
