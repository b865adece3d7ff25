package dev.q.boot.endpoint;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * What was asked for is not there, or cannot be done as things stand.
 */
final class RefusedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private RefusedException(String message, int status) {
		super(message);
		this.status = status;
	}

	static RefusedException notFound(String message) {
		return new RefusedException(message, WebEndpointResponse.STATUS_NOT_FOUND);
	}

	static RefusedException conflict(String message) {
		return new RefusedException(message, Answers.CONFLICT);
	}

	int status() {
		return this.status;
	}

}
