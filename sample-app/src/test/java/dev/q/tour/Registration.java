package dev.q.tour;

import java.time.Duration;

import dev.q.JobRequest;
import dev.q.JobTemplate;
import dev.q.job.JobId;

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

	JobId registerSafely(String address) {
		return this.jobs.enqueue(WelcomeMails::send, new Welcome(address)).id();
	}

}
