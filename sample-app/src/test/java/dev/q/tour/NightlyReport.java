package dev.q.tour;

import dev.q.JobHandler;
import dev.q.schedule.Overlap;
import dev.q.schedule.Recurring;

import org.springframework.stereotype.Component;

@Component
class NightlyReport {

	private final Mails mails;

	NightlyReport(Mails mails) {
		this.mails = mails;
	}

	@Recurring(cron = "0 3 * * *", zone = "Europe/Berlin", overlap = Overlap.SKIP)
	@JobHandler("nightly-report")
	void report() {
		this.mails.send("boss@example.org", "All is well");
	}

}
