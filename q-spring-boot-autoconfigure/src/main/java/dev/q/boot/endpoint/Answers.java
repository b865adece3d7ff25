package dev.q.boot.endpoint;

import java.util.Map;
import java.util.function.Supplier;

import dev.q.JobRejectedException;
import dev.q.admin.BulkFailedException;
import dev.q.store.StoreException;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Makes answers, also of what goes wrong: an answer then has the field {@code error}.
 */
final class Answers {

	static final int CONFLICT = 409;

	private Answers() {
	}

	static WebEndpointResponse<Map<String, Object>> of(Supplier<Map<String, Object>> step) {
		try {
			return new WebEndpointResponse<>(step.get());
		}
		catch (RefusedException ex) {
			return error(ex, ex.status());
		}
		catch (IllegalArgumentException ex) {
			return error(ex, WebEndpointResponse.STATUS_BAD_REQUEST);
		}
		catch (JobRejectedException ex) {
			return error(ex, CONFLICT);
		}
		catch (StoreException | BulkFailedException ex) {
			return error(ex, WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
		}
	}

	private static WebEndpointResponse<Map<String, Object>> error(RuntimeException failure, int status) {
		return new WebEndpointResponse<>(Map.of("error", String.valueOf(failure.getMessage())), status);
	}

}
