/**
 * What to change when the application does not start because of Q.
 */
@NullMarked
package dev.q.boot.diagnostics;

import org.jspecify.annotations.NullMarked;
