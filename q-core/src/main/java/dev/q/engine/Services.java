package dev.q.engine;

import dev.q.job.WorkerId;

/**
 * What all groups of a worker share.
 *
 * @param worker who they are
 * @param handlers runs jobs
 * @param completer settles them
 * @param watch looks after them until then
 * @param reporter tells of them
 */
record Services(WorkerId worker, HandlerRunner handlers, Completer completer, Watch watch, Reporter reporter) {
}
