/**
 * The endpoint {@code q} of Actuator.
 */
@NullMarked
package dev.q.boot.endpoint;

import org.jspecify.annotations.NullMarked;
