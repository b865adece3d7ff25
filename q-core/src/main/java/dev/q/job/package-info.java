/**
 * The domain: what a job is, the states it passes through and what can become of an
 * attempt. Records and enums that import the JDK only.
 */
@NullMarked
package dev.q.job;

import org.jspecify.annotations.NullMarked;
