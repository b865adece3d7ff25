package dev.q.boot;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens to jobs, told to the application.
 *
 * @param publish whether each JobEvent is published as an event of the application
 * context, for methods with @EventListener
 * @since 0.1
 */
public record EventProperties(@DefaultValue("false") boolean publish) {
}
