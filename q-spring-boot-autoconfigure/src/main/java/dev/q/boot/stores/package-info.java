/**
 * Several stores in one application: {@code q.stores}.
 */
@NullMarked
package dev.q.boot.stores;

import org.jspecify.annotations.NullMarked;
