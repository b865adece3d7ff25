/**
 * What a command works with: the process around it, and the store while it is open.
 */
@NullMarked
package dev.q.cli.session;

import org.jspecify.annotations.NullMarked;
