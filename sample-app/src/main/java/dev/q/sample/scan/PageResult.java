package dev.q.sample.scan;

import java.util.List;
import java.util.Map;

import dev.q.job.JobId;
import org.jspecify.annotations.Nullable;

/**
 * What a page leaves behind for the report.
 *
 * @param files the jobs of its files, by queue
 * @param unreadable how many directories could not be read
 * @param next the next page, or null if this is the last one
 */
record PageResult(Map<String, List<JobId>> files, int unreadable, @Nullable JobId next) {

	PageResult {
		files = Map.copyOf(files);
	}

}
