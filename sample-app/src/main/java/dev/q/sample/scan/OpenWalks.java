package dev.q.sample.scan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.q.job.JobId;
import dev.q.sample.files.TreeWalk;

import org.springframework.stereotype.Component;

/**
 * Walks that stand where a page is to go on. Only a shortcut: a page whose walk is not
 * here, since it was begun in another process or long ago, begins one of its own. Without
 * it each page would read the directories on its way again, and a directory of 200 000
 * files would be read 200 times.
 */
@Component
class OpenWalks {

	/** An open walk holds the names of a few directories. */
	private static final int MOST = 4;

	private final Map<JobId, TreeWalk> walks = Collections.synchronizedMap(new LinkedHashMap<>() {

		@Override
		protected boolean removeEldestEntry(Map.Entry<JobId, TreeWalk> eldest) {
			return size() > MOST;
		}

	});

	/**
	 * Hands out a walk, once.
	 */
	TreeWalk take(JobId page, ScanPage payload) {
		TreeWalk open = this.walks.remove(page);
		return (open != null) ? open : TreeWalk.of(payload.root(), payload.last());
	}

	void keep(JobId page, TreeWalk walk) {
		this.walks.put(page, walk);
	}

}
