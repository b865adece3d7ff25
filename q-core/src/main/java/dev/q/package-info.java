/**
 * The API: what an application injects, annotates and implements. Annotations, interfaces
 * and values without behaviour of their own.
 */
@NullMarked
package dev.q;

import org.jspecify.annotations.NullMarked;
