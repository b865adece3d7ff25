/**
 * The store contract, kept by the store in Redis on real servers, and what that store
 * does beyond it.
 */
@NullMarked
package dev.q.test.redis;

import org.jspecify.annotations.NullMarked;
