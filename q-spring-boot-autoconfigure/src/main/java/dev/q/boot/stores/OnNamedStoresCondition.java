package dev.q.boot.stores;

import java.util.Map;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Looks whether there is anything below {@code q.stores}.
 */
class OnNamedStoresCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean matches = !Binder.get(context.getEnvironment())
			.bind("q.stores", Bindable.mapOf(String.class, Object.class))
			.orElse(Map.of())
			.isEmpty();
		return new ConditionOutcome(matches, ConditionMessage.forCondition(ConditionalOnNamedStores.class)
			.because("q.stores names " + (matches ? "stores" : "no store")));
	}

}
