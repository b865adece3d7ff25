/**
 * What is stored, as plain maps for JSON: the same on the command line as in the
 * management endpoint.
 */
@NullMarked
package dev.q.admin.view;

import org.jspecify.annotations.NullMarked;
