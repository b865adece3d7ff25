package dev.q.sample.scan;

import java.io.IOException;

import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.PermanentJobException;
import dev.q.sample.files.FileFacts;
import dev.q.sample.files.FileKind;

import org.springframework.stereotype.Component;

/**
 * Two jobs that go wrong on purpose in each scan, to show what becomes of such jobs.
 */
@Component
class DrillJobs {

	static final String STUMBLE = "drill-stumble";

	/**
	 * Fails at first, and is tried again soon.
	 */
	@JobHandler(value = STUMBLE, queue = Queues.DRILLS, retry = "fixed(100ms)")
	void stumble(JobContext context) {
		if (context.attempt() == 1) {
			throw new IllegalStateException("A drill: the first attempt fails, the next one does not");
		}
	}

	/**
	 * Can never succeed and says so: the job is dead whatever attempts are left.
	 */
	@JobHandler(value = "drill-missing-file", queue = Queues.DRILLS)
	FileFacts read(MissingFile drill) throws IOException {
		FileFacts facts = FileFacts.of(drill.file());
		if (facts.kind() == FileKind.UNREADABLE) {
			throw new PermanentJobException("A drill: there is no such file, and no other attempt will find one");
		}
		return facts;
	}

}
