/**
 * What Q takes from the machine: time and chance. Here and nowhere else are they read, so
 * that a test can put its own in their place.
 */
@NullMarked
package dev.q.ports;

import org.jspecify.annotations.NullMarked;
