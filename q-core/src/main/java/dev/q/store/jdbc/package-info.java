/**
 * The store in PostgreSQL.
 */
@NullMarked
package dev.q.store.jdbc;

import org.jspecify.annotations.NullMarked;
