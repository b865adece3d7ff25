package dev.q.admin;

import dev.q.cancel.Canceller;
import dev.q.store.JobControl;

/**
 * What changes jobs.
 *
 * @param control does all but
 * @param canceller what others in this process want to hear of
 */
record Hands(JobControl control, Canceller canceller) {
}
