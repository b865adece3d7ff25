/**
 * The store in Redis.
 *
 * <p>
 * The idea: a job is a record that never changes and an entry of 22 bytes that moves, and
 * every move is one script that handles as many jobs as it is given. What is stored where
 * is in {@link dev.q.store.redis.layout.QueueKeys}; a job without a line of state has
 * only ever waited, which keeps the common case small.
 *
 * <pre>
 *   insert ---&gt; jobs, ready:p ---claim---&gt; leases ---settle---&gt; succeeded, dead, ...
 *                   ^                        |
 *                   +--- delayed &lt;--- retry, snooze, release, recovery
 * </pre>
 *
 * The line of a running job holds the nonce of its claim, and that is the fence: whoever
 * comes with another nonce, or after the line has changed, changes nothing. A ready job
 * that leaves the middle of its list leaves its entry behind; the entry bears a mark, the
 * line another one by then, and so a claim knows it to be dead.
 *
 * <p>
 * What can go wrong, and what happens then:
 * <ul>
 * <li>A worker dies: its leases run out by the clock of the server, and the jobs go to
 * the front.</li>
 * <li>The connection breaks: calls fail at once until it is back. Nothing is sent twice.
 * Jobs of a claim whose answer got lost are handed back with the next one.</li>
 * <li>The server forgets scripts: it is given their text again.</li>
 * <li>The server's memory is full: only inserts are refused, because every other script
 * begins by removing something.</li>
 * <li>The server loses the last moments before a crash: jobs enqueued then are gone, and
 * jobs settled then run again, under a new nonce.</li>
 * </ul>
 */
@NullMarked
package dev.q.store.redis;

import org.jspecify.annotations.NullMarked;
