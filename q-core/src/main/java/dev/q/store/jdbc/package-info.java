/**
 * The store in PostgreSQL.
 *
 * <p>
 * The idea: every operation is one call of one function of the server, which handles as
 * many jobs as it is given, and is one statement and one transaction. The functions and
 * tables are in plain SQL files ({@code dev/q/store/jdbc/schema}), which say what is
 * stored where.
 *
 * <pre>
 *   insert ---&gt; q_job, lane 2p+1 ---claim---&gt; same row, token ---settle---&gt; q_finished
 *                 ^   ^                            |
 *     handed back |   +------ lane 20 &lt;------------+ retry, snooze
 *     (lane 2p)   +---------------------------------
 * </pre>
 *
 * A claim writes a random number into the row, and that is the fence: whoever comes with
 * another number, or after the row has gone, changes nothing. No column that a claim
 * changes is in an index, so it stays cheap; no claim looks where nothing can be left
 * ({@link dev.q.store.jdbc.known.LowerBounds}), so it stays cheap while one long
 * transaction keeps the server from cleaning up.
 *
 * <p>
 * What can go wrong, and what happens then:
 * <ul>
 * <li>A worker dies: each claim left a row in {@code q_lease} that says when to look
 * after its jobs, so those that are still held are found without a search.</li>
 * <li>The connection breaks: calls fail until it is back, and each may be sent again. A
 * claim whose answer got lost ends as a lease that runs out.</li>
 * <li>The server crashes: what was committed stays, unless its producer asked for relaxed
 * durability. Claims and renewals may be lost, and their jobs run again, under another
 * number.</li>
 * <li>Notifications are not heard: workers look now and then.</li>
 * </ul>
 */
@NullMarked
package dev.q.store.jdbc;

import org.jspecify.annotations.NullMarked;
