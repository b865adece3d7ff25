/**
 * Commands that change nothing.
 */
@NullMarked
package dev.q.cli.look;

import org.jspecify.annotations.NullMarked;
