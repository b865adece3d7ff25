/**
 * Commands that change jobs, queues and schedules. What is done to many jobs, or cannot
 * be undone, is counted first and waits for a consent.
 */
@NullMarked
package dev.q.cli.act;

import org.jspecify.annotations.NullMarked;
