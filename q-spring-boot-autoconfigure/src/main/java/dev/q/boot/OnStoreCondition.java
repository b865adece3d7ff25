package dev.q.boot;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Reads {@code q.store} as the properties do, so that a store which does not exist fails
 * the start with the names of those that do, instead of leaving the application without
 * one.
 */
class OnStoreCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		MergedAnnotation<ConditionalOnStore> annotation = metadata.getAnnotations().get(ConditionalOnStore.class);
		StoreType wanted = Binder.get(context.getEnvironment())
			.bind("q.store", StoreType.class)
			.orElse(StoreType.MEMORY);
		boolean matches = annotation.getEnum("value", StoreType.class) == wanted;
		return new ConditionOutcome(matches,
				ConditionMessage.forCondition(ConditionalOnStore.class).because("q.store is " + wanted));
	}

}
