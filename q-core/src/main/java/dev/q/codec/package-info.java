/**
 * Turns what an application enqueues into bytes, and bytes into what a handler takes.
 *
 * <p>
 * What is made of the bytes is decided by the signature of the handler alone. Stored
 * bytes are data: they name no class, and a content type that nobody knows is refused,
 * never guessed. Complaints name types and places, never content.
 */
@NullMarked
package dev.q.codec;

import org.jspecify.annotations.NullMarked;
