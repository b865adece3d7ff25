package dev.q.boot;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Reads {@code q.store} as the properties do, so that a store which does not exist fails
 * the start with the names of those that do, instead of leaving the application without
 * one.
 */
class OnStoreCondition extends SpringBootCondition {

	private static final String PROPERTY = "q.store";

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		MergedAnnotation<ConditionalOnStore> annotation = metadata.getAnnotations().get(ConditionalOnStore.class);
		StoreType wanted = wanted(Binder.get(context.getEnvironment()));
		boolean matches = annotation.getEnum("value", StoreType.class) == wanted;
		return new ConditionOutcome(matches,
				ConditionMessage.forCondition(ConditionalOnStore.class).because("q.store is " + wanted));
	}

	private static StoreType wanted(Binder binder) {
		try {
			return binder.bind(PROPERTY, StoreType.class).orElse(StoreType.MEMORY);
		}
		catch (BindException ex) {
			ConfigurationProperty property = ex.getProperty();
			throw new InvalidQPropertyException(PROPERTY, (property != null) ? property.getValue() : "",
					"Set it to a store that there is: " + stores());
		}
	}

	private static String stores() {
		return Stream.of(StoreType.values())
			.map((store) -> store.name().toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "));
	}

}
