package dev.q.admin;

import dev.q.store.JobControl;
import dev.q.store.JobControl.Edit;
import dev.q.store.JobControl.EditAnswer;

/**
 * Changes of single jobs.
 *
 * @param control makes them
 * @param maxPayload most bytes that a payload may have
 */
record Edits(JobControl control, int maxPayload) {

	/** Most bytes of a payload unless somebody says otherwise. */
	static final int MAX_PAYLOAD = 256 * 1024;

	void make(JobEdit edit, Edit.Then then) {
		int size = edit.wanted().payload().size();
		if (size > this.maxPayload) {
			throw new IllegalArgumentException("The payload of job %s would have %d bytes, but at most %d are allowed"
				.formatted(edit.seen().id(), size, this.maxPayload));
		}
		EditAnswer answer = this.control.edit(new Edit(edit.seen(), edit.wanted(), then));
		if (answer != EditAnswer.DONE) {
			throw new JobNotEditedException(edit.seen().id(), answer);
		}
	}

}
