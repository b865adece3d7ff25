/**
 * The store in PostgreSQL, in the application's database or one of its own.
 */
@NullMarked
package dev.q.boot.postgres;

import org.jspecify.annotations.NullMarked;
