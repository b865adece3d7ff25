package dev.q.engine;

/**
 * The slots of a worker group at one moment.
 *
 * @param group name of the group
 * @param size how many jobs it may run at once
 * @param free how many more it may run now; slots for which a claim under way asks for
 * jobs are not free
 * @since 0.1
 */
public record GroupSlots(String group, int size, int free) {
}
