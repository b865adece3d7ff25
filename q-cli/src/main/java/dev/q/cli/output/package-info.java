/**
 * Shows what was found, to people or to programs. Nothing that a job holds reaches a
 * terminal unescaped.
 */
@NullMarked
package dev.q.cli.output;

import org.jspecify.annotations.NullMarked;
