/**
 * What binds Q to a Spring container, whether or not Boot is there: finding the handlers
 * among the beans, the life of the engine with that of the context, and the transactions
 * of those who enqueue and of handlers.
 */
@NullMarked
package dev.q.spring;

import org.jspecify.annotations.NullMarked;
