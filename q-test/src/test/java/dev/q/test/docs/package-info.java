/**
 * What the pages in {@code docs} say of tests is held against the sources.
 */
@NullMarked
package dev.q.test.docs;

import org.jspecify.annotations.NullMarked;
