package dev.q.sample.web;

import dev.q.JobTemplate;
import dev.q.job.JobId;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells how any job of the application stands.
 */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@ConditionalOnWebApplication
class JobController {

	private final JobTemplate jobs;

	private final JsonMapper json;

	JobController(JobTemplate jobs, JsonMapper json) {
		this.jobs = jobs;
		this.json = json;
	}

	@GetMapping("/jobs/{id}")
	JobView find(@PathVariable JobId id) {
		return this.jobs.find(id)
			.map((job) -> JobView.of(job, this.json))
			.orElseThrow(() -> Problem.notFound("job", id));
	}

}
