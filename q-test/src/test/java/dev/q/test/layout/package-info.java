/**
 * What servers hold of the layout of a released version, and whether this version still
 * reads it.
 */
@NullMarked
package dev.q.test.layout;

import org.jspecify.annotations.NullMarked;
