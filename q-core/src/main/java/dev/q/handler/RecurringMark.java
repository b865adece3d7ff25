package dev.q.handler;

import dev.q.schedule.Recurring;

/**
 * What is said of when the jobs of a handler come again.
 *
 * @param handler the handler
 * @param recurring what is said
 * @since 0.1
 */
public record RecurringMark(HandlerDefinition handler, Recurring recurring) {
}
