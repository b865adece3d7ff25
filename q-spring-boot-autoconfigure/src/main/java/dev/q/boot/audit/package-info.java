/**
 * Who did what to jobs, told to beans and to Boot's audit.
 */
@NullMarked
package dev.q.boot.audit;

import org.jspecify.annotations.NullMarked;
