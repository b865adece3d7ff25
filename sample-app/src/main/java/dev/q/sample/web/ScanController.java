package dev.q.sample.web;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;

import dev.q.job.JobId;
import dev.q.sample.scan.ScanStatus;
import dev.q.sample.scan.Scans;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.format.annotation.DurationFormat;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Starts scans and tells how they stand.
 */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@ConditionalOnWebApplication
class ScanController {

	/** Much less than an application is given to stop. */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

	private final Scans scans;

	private final ScanRoot root;

	ScanController(Scans scans, ScanRoot root) {
		this.scans = scans;
		this.root = root;
	}

	@PostMapping(path = "/scans", consumes = MediaType.APPLICATION_JSON_VALUE)
	ResponseEntity<ScanView> start(InputStream body) {
		ScanRequest request = ScanRequest.read(body);
		JobId scan = this.scans.start(this.root.folder(request.path()));
		return ResponseEntity.accepted().location(URI.create("/scans/" + scan)).body(running(scan));
	}

	/**
	 * Answers at once, or as soon as the scan has ended, but after the wait at the
	 * latest.
	 */
	@GetMapping("/scans/{id}")
	ScanView find(@PathVariable JobId id,
			@RequestParam(defaultValue = "0s") @DurationFormat(style = DurationFormat.Style.SIMPLE) Duration wait)
			throws InterruptedException {
		if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
			throw Problem.badRequest(
					"A request may wait from 0s to 10s, but was to wait for %s. Ask again after that".formatted(wait));
		}
		return this.scans.await(id, wait)
			.map((status) -> view(id, status))
			.orElseThrow(() -> Problem.notFound("scan", id));
	}

	private ScanView view(JobId scan, ScanStatus status) {
		if (status instanceof ScanStatus.Done done) {
			return ScanView.done(scan, done.report());
		}
		return (status instanceof ScanStatus.Failed failed) ? ScanView.failed(scan, failed.reason()) : running(scan);
	}

	private ScanView running(JobId scan) {
		return ScanView.running(scan, this.scans.progress(scan));
	}

}
