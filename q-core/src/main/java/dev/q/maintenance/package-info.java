/**
 * Keeping a store in order: what every worker does from time to time, and what whoever
 * works without an engine calls by hand.
 */
@NullMarked
package dev.q.maintenance;

import org.jspecify.annotations.NullMarked;
