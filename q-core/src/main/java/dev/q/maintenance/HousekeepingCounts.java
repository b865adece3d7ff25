package dev.q.maintenance;

/**
 * What one round of housekeeping did.
 *
 * @param promoted jobs whose time had come
 * @param recovered jobs whose worker was lost
 * @param expired jobs whose time was over
 * @param purged finished jobs that were kept long enough
 * @param more whether there may be more of any of them
 * @since 0.1
 */
public record HousekeepingCounts(int promoted, int recovered, int expired, int purged, boolean more) {
}
