/**
 * Who and what takes part in a test of a store: jobs, workers that work by hand,
 * listeners that write down what they hear, and races.
 */
@NullMarked
package dev.q.test;

import org.jspecify.annotations.NullMarked;
