package dev.q.sample.web;

import dev.q.JobRejectedException;
import dev.q.QueueFullException;
import dev.q.QueuePausedException;
import dev.q.job.Names;
import dev.q.store.StoreException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.TypeMismatchException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Turns failures into problems of RFC 9457.
 */
@RestControllerAdvice
@ConditionalOnWebApplication
class Problems extends ResponseEntityExceptionHandler {

	private static final String SECONDS_UNTIL_THERE_MAY_BE_ROOM = "1";

	private static final int LONGEST = 300;

	/**
	 * Q says no for now, and nothing was stored.
	 */
	@ExceptionHandler({ QueueFullException.class, QueuePausedException.class })
	ResponseEntity<ProblemDetail> busy(JobRejectedException ex) {
		return unavailable(String.valueOf(ex.getMessage()));
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> down(StoreException ex) {
		return unavailable("The store of jobs does not answer. Ask again later");
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> stopping(InterruptedException ex) {
		Thread.currentThread().interrupt();
		return unavailable("The application stops. Ask again when it is back");
	}

	private static ResponseEntity<ProblemDetail> unavailable(String detail) {
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, SECONDS_UNTIL_THERE_MAY_BE_ROOM)
			.body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, detail));
	}

	/**
	 * An id or a duration that is none.
	 */
	@Override
	protected @Nullable ResponseEntity<Object> handleTypeMismatch(TypeMismatchException ex, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		String detail = "%s cannot be used for %s: %s".formatted(Names.quoted(String.valueOf(ex.getValue())),
				ex.getPropertyName(),
				Names.printable(String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex).getMessage()), LONGEST));
		return handleExceptionInternal(ex, ProblemDetail.forStatusAndDetail(status, detail), headers, status, request);
	}

}
