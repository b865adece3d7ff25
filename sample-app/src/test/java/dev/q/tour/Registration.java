package dev.q.tour;

import java.time.Duration;

import dev.q.JobReceipt;
import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.job.JobId;
import dev.q.job.UniqueKey;

import org.springframework.stereotype.Service;

@Service
class Registration {

	private final JobTemplate jobs;

	Registration(JobTemplate jobs) {
		this.jobs = jobs;
	}

	JobId register(String address) {
		return this.jobs.enqueue(new Welcome(address)).id();
	}

	JobId registerForTomorrow(String address) {
		JobRequest request = JobRequest.of(new Welcome(address));
		return this.jobs.enqueue(request.with((options) -> options.in(Duration.ofDays(1)).priority(9))).id();
	}

	JobReceipt registerOnce(String address) {
		UniqueKey key = new UniqueKey(address, UniqueKey.Scope.UNTIL_DONE, UniqueKey.Conflict.RUN_AGAIN_AFTER);
		return this.jobs.enqueue(JobRequest.of(new Welcome(address)).with((options) -> options.unique(key)));
	}

	JobId registerSafely(String address) {
		return this.jobs.enqueue(WelcomeMails::send, new Welcome(address)).id();
	}

}
