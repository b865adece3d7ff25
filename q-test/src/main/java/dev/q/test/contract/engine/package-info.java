/**
 * What engines, templates and operators promise whatever the store, as JUnit tests to
 * inherit.
 *
 * <p>
 * The contract of stores is in {@link dev.q.test.contract}. Here whole applications work
 * over a store, most of them as two nodes with a client each: what one enqueues or
 * steers, the other one runs. Extend {@link dev.q.test.contract.engine.EngineContract}.
 *
 * <p>
 * Most tests turn their engines by hand and move time themselves. Where handlers have to
 * block, or are interrupted, engines run on real threads, and tests wait for what they
 * are told; the clock of the store is moved by the test all the same.
 */
@NullMarked
package dev.q.test.contract.engine;

import org.jspecify.annotations.NullMarked;
