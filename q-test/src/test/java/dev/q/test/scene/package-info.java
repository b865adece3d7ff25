/**
 * Scenes with real processes: workers that are killed or stopped, servers that are killed
 * under load, slowed down, or lose the end of what they wrote. Workers run as JVMs of
 * their own on the class path of the tests, and are ended by their number.
 *
 * <p>
 * Where a scene has a limit of time, it is one that Q promises: the end of the lease and
 * 2 s after a worker is lost, 5 s after a server is back. All other waits only end what
 * has failed.
 */
@NullMarked
package dev.q.test.scene;

import org.jspecify.annotations.NullMarked;
