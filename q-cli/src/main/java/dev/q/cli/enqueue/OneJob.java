package dev.q.cli.enqueue;

import java.util.List;

import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.admin.view.JsonMap;
import dev.q.cli.session.ExitCode;
import dev.q.cli.session.Session;
import dev.q.cli.session.Stop;
import dev.q.job.NewJob;
import dev.q.store.StoreException;

/**
 * Stores a job under an id that is known before the store is asked, so that it can be
 * sent again if the answer is lost.
 *
 * @param session the open store
 * @param request the job
 */
record OneJob(Session session, JobRequest request) {

	ExitCode store(Stop stop) {
		NewJob job = this.session.rehearse(this.request);
		stop.ifUnanswered(() -> stop
			.sayUnanswered("Job %s may be stored or not. %s".formatted(job.id(), InDoubtException.remedy(job.id()))));
		try {
			JobReceipt receipt = this.session.jobs().enqueue(this.request.withId(job.id()));
			this.session.output()
				.show(new JsonMap().with("id", receipt.id())
					.with("queue", receipt.queue())
					.with("status", receipt.status())
					.map(), () -> List.of(receipt.id() + " " + receipt.status()));
			return (receipt.status() == JobReceipt.Status.DUPLICATE) ? ExitCode.FAILED : ExitCode.DONE;
		}
		catch (StoreException ex) {
			if (StoreException.isRefusal(ex)) {
				throw ex;
			}
			if (this.session.output().isJson()) {
				this.session.output()
					.show(new JsonMap().with("id", job.id())
						.with("queue", job.spec().queue())
						.with("status", "UNKNOWN")
						.with("failure", String.valueOf(ex.getMessage()))
						.map(), List::of);
			}
			throw new InDoubtException(job.id(), ex);
		}
	}

	ExitCode rehearse() {
		Rehearsal rehearsal = new Rehearsal(this.session.rehearse(this.request));
		this.session.output().show(rehearsal.json(), rehearsal::text);
		return ExitCode.DONE;
	}

}
