/**
 * The contract that every job store keeps, as JUnit tests to inherit.
 *
 * <p>
 * To prove a store, implement {@link dev.q.test.contract.StoreFixture} and extend
 * {@link dev.q.test.contract.StoreContract}, which runs all themes; or extend the themes
 * one by one. Every test gets a store of its own and moves the store's clock itself, so
 * none of them waits. After each test {@link dev.q.test.InvariantSweep} looks whether the
 * store still agrees with itself.
 */
@NullMarked
package dev.q.test.contract;

import org.jspecify.annotations.NullMarked;
