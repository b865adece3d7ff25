/**
 * The command line: reads arguments, runs one command and ends with its exit code.
 */
@NullMarked
package dev.q.cli;

import org.jspecify.annotations.NullMarked;
