/**
 * What is stored in Redis, and how: names of keys, and the bytes behind them. Layout 1.
 *
 * <p>
 * A job is a record that never changes, and a line that says where it stands. The line is
 * missing as long as nothing has happened to the job, so that a job which only waits
 * costs a record and an entry of 22 bytes in a list. All that people may want to read
 * with a command line is text; ids and records are bytes, because there are many.
 */
@NullMarked
package dev.q.store.redis.layout;

import org.jspecify.annotations.NullMarked;
