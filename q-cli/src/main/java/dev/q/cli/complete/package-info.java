/**
 * Lets a shell complete commands and options.
 */
@NullMarked
package dev.q.cli.complete;

import org.jspecify.annotations.NullMarked;
