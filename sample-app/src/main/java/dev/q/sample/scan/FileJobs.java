package dev.q.sample.scan;

import java.io.IOException;

import dev.q.JobHandler;
import dev.q.sample.files.FileFacts;

import org.springframework.stereotype.Component;

/**
 * Reads one file. What it returns is kept in the store for the report.
 */
@Component
class FileJobs {

	@JobHandler(value = "index-file", queue = Queues.SMALL_FILES, maxAttempts = 3, retry = "fixed(1s)")
	FileFacts index(IndexFile job) throws IOException {
		return FileFacts.of(job.file());
	}

}
