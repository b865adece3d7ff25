package dev.q.boot.audit;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.q.admin.audit.AuditEvent;
import dev.q.admin.audit.AuditListener;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells Boot's audit of acts, as events of type {@code q.} and the name of the act. They
 * are kept where the application has an {@code AuditEventRepository}.
 */
final class PublishedActs implements AuditListener {

	private final ApplicationEventPublisher publisher;

	PublishedActs(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void onAct(AuditEvent event) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>(event.data());
		this.publisher
			.publishEvent(new AuditApplicationEvent(event.at(), event.who(), "q." + event.act().name(), data));
	}

}
