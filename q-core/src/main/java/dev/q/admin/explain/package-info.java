/**
 * Why a job does not run, or how it ended: reasons in order, each with what shows it.
 *
 * <p>
 * Whether a claim would take a job is asked of the store, in one step with all that
 * stands around the job; the contract of the stores holds both together.
 */
@NullMarked
package dev.q.admin.explain;

import org.jspecify.annotations.NullMarked;
