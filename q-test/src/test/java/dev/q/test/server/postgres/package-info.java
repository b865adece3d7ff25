/**
 * Real PostgreSQL servers for tests, with no Docker and nothing installed if need be: one
 * that all tests of a JVM share, with schemas and databases of a test's own on it,
 * servers that can be killed and started again, a primary with its replica, and a
 * PgBouncer in front of them.
 *
 * <p>
 * PostgreSQL refuses to run as root. If the tests do, its programs run in a user
 * namespace of their own ({@code unshare -U}), in which they are nobody.
 */
@NullMarked
package dev.q.test.server.postgres;

import org.jspecify.annotations.NullMarked;
