/**
 * Opens the store that arguments, environment and {@code application.yml} name, by the
 * keys that an application has.
 */
@NullMarked
package dev.q.cli.store;

import org.jspecify.annotations.NullMarked;
