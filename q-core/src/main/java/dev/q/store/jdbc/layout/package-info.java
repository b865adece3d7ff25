/**
 * How the PostgreSQL store writes jobs down, and reads them.
 */
@NullMarked
package dev.q.store.jdbc.layout;

import org.jspecify.annotations.NullMarked;
