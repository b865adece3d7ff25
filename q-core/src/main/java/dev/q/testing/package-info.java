/**
 * Testing without waiting: a clock that stands until it is moved, and an engine whose
 * crank is turned by hand. Needs nothing but the JDK.
 */
@NullMarked
package dev.q.testing;

import org.jspecify.annotations.NullMarked;
