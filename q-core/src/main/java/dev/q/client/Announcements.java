package dev.q.client;

import java.util.List;

import dev.q.event.JobEvent;
import dev.q.event.JobEvents;

/**
 * Tells listeners of jobs that are stored, or will not be.
 */
final class Announcements {

	private final JobEvents events;

	Announcements(JobEvents events) {
		this.events = events;
	}

	/** Whether nobody would hear. */
	boolean isSilent() {
		return this.events.isSilent();
	}

	void stored(List<Draft> drafts) {
		if (!isSilent()) {
			drafts.forEach((draft) -> this.events.publish(new JobEvent.Enqueued(draft.id(), draft.job().spec())));
		}
	}

	void notStored(Draft draft, String reason) {
		this.events.publish(new JobEvent.NotStored(draft.id(), draft.job().spec(), reason));
	}

}
