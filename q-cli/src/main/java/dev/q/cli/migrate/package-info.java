/**
 * Makes what a store needs on its server.
 */
@NullMarked
package dev.q.cli.migrate;

import org.jspecify.annotations.NullMarked;
