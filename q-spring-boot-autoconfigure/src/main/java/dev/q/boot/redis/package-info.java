/**
 * The store on Redis, on connections of Q's own that are made like the application's.
 */
@NullMarked
package dev.q.boot.redis;

import org.jspecify.annotations.NullMarked;
