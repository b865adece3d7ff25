/**
 * The store in PostgreSQL.
 */
@NullMarked
package dev.q.store.jdbc;
