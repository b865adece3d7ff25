/**
 * Shows the store again and again, and what has changed meanwhile.
 */
@NullMarked
package dev.q.cli.top;

import org.jspecify.annotations.NullMarked;
