/**
 * Options by which commands are told which jobs are meant.
 */
@NullMarked
package dev.q.cli.filter;

import org.jspecify.annotations.NullMarked;
