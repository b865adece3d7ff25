/**
 * Indexing a directory of files by jobs.
 *
 * <pre>
 * scan -> scan-page -> index-file, index-file, ...
 *   |         |
 *   |         +-> scan-page -> index-file, index-file, ...
 *   |                 |
 *   |                 +-> ...
 *   +-> two drills
 *   +-> report
 * </pre>
 *
 * A page enqueues a job for each of up to 1 000 files and then the next page, so that no
 * job runs for long and a full queue stops the walk instead of failing it. The report
 * waits until all has ended and sums the results that the jobs left in the store.
 *
 * <p>
 * Any of these jobs may run twice, since a worker may die when the work is done and the
 * store not yet told. So all ids are made from the scan's: what a job enqueues again is
 * known already, and nothing is counted twice. All that a job needs is in its payload and
 * in the store, so each may run in another process.
 */
@NullMarked
package dev.q.sample.scan;

import org.jspecify.annotations.NullMarked;
