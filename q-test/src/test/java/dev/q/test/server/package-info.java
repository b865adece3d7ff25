/**
 * Real Redis servers for tests, with no Docker and nothing installed if need be: one that
 * all tests of a JVM share, servers of a test's own that can be killed and started again,
 * a cluster, and a master with its replica and Sentinel. What cannot be had fails a test
 * and never skips it.
 *
 * <p>
 * Everything a JVM starts lies in one folder below its temporary folder. It ends with the
 * JVM, also when that is killed. Several JVMs and builds do not meet: each reserves its
 * ports.
 */
@NullMarked
package dev.q.test.server;

import org.jspecify.annotations.NullMarked;
