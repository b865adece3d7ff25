package dev.q.spring;

import dev.q.event.JobEvent;
import dev.q.event.JobListener;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what happens to jobs in the application context, where methods with
 * {@code @EventListener} hear of the kinds of {@link JobEvent} that they take. They are
 * called on the thread that moves the job, as every {@link JobListener} is, unless they
 * are asynchronous.
 *
 * @since 0.1
 */
public final class PublishedJobEvents implements JobListener {

	private final ApplicationEventPublisher publisher;

	/**
	 * Makes a listener that publishes.
	 * @param publisher mostly the application context
	 */
	public PublishedJobEvents(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void onEvent(JobEvent event) {
		this.publisher.publishEvent(event);
	}

}
