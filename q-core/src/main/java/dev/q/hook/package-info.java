/**
 * Hooks of the application: before a job is stored, and around its handler. Both may
 * change what happens, unlike the listeners in {@code dev.q.event}, which hear of it
 * afterwards.
 */
@NullMarked
package dev.q.hook;

import org.jspecify.annotations.NullMarked;
