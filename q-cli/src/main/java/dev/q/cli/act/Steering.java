package dev.q.cli.act;

import java.util.List;

import dev.q.admin.BulkRequest;
import dev.q.cli.act.ConsentOptions.Consent;
import dev.q.cli.session.Shell;
import dev.q.job.JobId;

/**
 * Reads to which jobs something is to be done before it opens the store.
 *
 * @param shell opens the store
 * @param target which jobs
 * @param options whether it is to be done
 */
record Steering(Shell shell, TargetOptions target, ConsentOptions options) {

	int go(Deed deed) {
		Consent consent = this.options.read();
		if (this.target.isById()) {
			List<JobId> ids = this.target.ids(this.shell.terminal().in());
			return this.shell.with((session, stop) -> new ById(deed, session.store().catalog(), session.admin(),
					session.output(), new Ending(stop, session.audit()))
				.go(ids, consent));
		}
		BulkRequest request = this.target.request(deed);
		return this.shell.with((session,
				stop) -> new ByFilter(deed.verb(), session.admin(), session.output(), new Ending(stop, session.audit()))
					.go(request, consent));
	}

}
