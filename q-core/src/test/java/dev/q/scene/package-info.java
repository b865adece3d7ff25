/**
 * Scenes for the tests of several packages.
 */
@NullMarked
package dev.q.scene;

import org.jspecify.annotations.NullMarked;
