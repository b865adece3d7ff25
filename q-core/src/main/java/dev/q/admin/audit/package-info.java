/**
 * Who did what to jobs, queues and schedules: an event for each act, told to listeners.
 */
@NullMarked
package dev.q.admin.audit;

import org.jspecify.annotations.NullMarked;
