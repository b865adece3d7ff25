/**
 * The store contract, kept by the store in PostgreSQL on real servers, and what that
 * store does beyond it.
 */
@NullMarked
package dev.q.test.postgres;

import org.jspecify.annotations.NullMarked;
