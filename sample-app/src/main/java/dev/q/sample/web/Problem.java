package dev.q.sample.web;

import dev.q.job.JobId;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * What clients are told when there is no answer for them. Texts of clients come in
 * escaped.
 */
final class Problem {

	private Problem() {
	}

	static ErrorResponseException badRequest(String detail) {
		return of(HttpStatus.BAD_REQUEST, detail);
	}

	static ErrorResponseException notFound(String what, JobId id) {
		return of(HttpStatus.NOT_FOUND, ("There is no %s %s, or not any more: what has ended is kept for as long as"
				+ " q.retention says, and nothing in memory outlives the process")
			.formatted(what, id));
	}

	private static ErrorResponseException of(HttpStatus status, String detail) {
		return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
	}

}
