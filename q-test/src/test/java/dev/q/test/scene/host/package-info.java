/**
 * Where scenes are played: servers to be killed and started again, and stores on them as
 * an application has them.
 */
@NullMarked
package dev.q.test.scene.host;

import org.jspecify.annotations.NullMarked;
