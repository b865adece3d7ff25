package dev.q.client;

import java.util.List;

import dev.q.event.JobEvent;
import dev.q.event.JobEvent.RefusalReason;
import dev.q.event.JobEvents;
import dev.q.store.InsertAnswer;
import dev.q.store.InsertAnswer.Entry;

/**
 * Tells listeners of jobs that are stored, or will not be.
 */
final class Announcements implements JobWriter.Hearer {

	private final JobEvents events;

	Announcements(JobEvents events) {
		this.events = events;
	}

	/** Whether nobody would hear. */
	boolean isSilent() {
		return this.events.isSilent();
	}

	@Override
	public void stored(List<Draft> drafts) {
		if (!isSilent()) {
			drafts.forEach((draft) -> this.events.publish(new JobEvent.Enqueued(draft.id(), draft.job().spec())));
		}
	}

	@Override
	public void answered(Batch batch, InsertAnswer answer) {
		if (isSilent()) {
			return;
		}
		if (answer instanceof InsertAnswer.Accepted accepted) {
			tellOfDuplicates(batch, accepted.jobs());
		}
		else if (answer instanceof InsertAnswer.NotReplicated few) {
			tellOfDuplicates(batch, few.jobs());
			tellOfFewCopies(batch, few.jobs());
		}
		else {
			RefusalReason reason = (answer instanceof InsertAnswer.Full) ? RefusalReason.FULL : RefusalReason.PAUSED;
			batch.drafts().forEach((draft) -> refused(draft, reason));
		}
	}

	private void tellOfDuplicates(Batch batch, List<Entry> entries) {
		for (int i = 0; i < entries.size(); i++) {
			Draft draft = batch.drafts().get(i);
			Entry entry = entries.get(i);
			if (Answers.isConflict(draft, entry)) {
				refused(draft, RefusalReason.KEY_TAKEN);
			}
			else if (!entry.stored()) {
				this.events.publish(new JobEvent.Deduplicated(draft.id(), draft.job().spec(), entry.id()));
			}
		}
	}

	private void tellOfFewCopies(Batch batch, List<Entry> entries) {
		for (int i = 0; i < entries.size(); i++) {
			if (entries.get(i).stored()) {
				Draft draft = batch.drafts().get(i);
				this.events.publish(new JobEvent.NotReplicated(draft.id(), draft.job().spec()));
			}
		}
	}

	private void refused(Draft draft, RefusalReason reason) {
		this.events.publish(new JobEvent.Refused(draft.id(), draft.job().spec(), reason));
	}

	void notStored(Draft draft, String reason) {
		this.events.publish(new JobEvent.NotStored(draft.id(), draft.job().spec(), reason));
	}

}
