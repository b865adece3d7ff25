package dev.q.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;

import dev.q.JobContext;
import dev.q.JobHandler;
import dev.q.JobOutcome;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Tells a native image of the {@link JobHandler} methods of each bean, so that they can
 * be called, and of what they take and return, so that it can be read and written as
 * JSON. Payloads of handlers that are elsewhere must be told of by the application, by
 * {@code @RegisterReflectionForBinding}.
 *
 * @since 0.1
 */
public class HandlerHints implements BeanRegistrationAotProcessor {

	private static final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

	@Override
	public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
		Set<Method> handlers = handlers(bean.getBeanClass());
		return handlers.isEmpty() ? null : new Contribution(handlers);
	}

	private static Set<Method> handlers(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, JobHandler.class)) {
			return Set.of();
		}
		return MethodIntrospector.selectMethods(type,
				(Method method) -> AnnotatedElementUtils.hasAnnotation(method, JobHandler.class));
	}

	/**
	 * The hints for the handlers of a bean.
	 */
	private record Contribution(Set<Method> handlers) implements BeanRegistrationAotContribution {

		@Override
		public void applyTo(GenerationContext context, BeanRegistrationCode code) {
			this.handlers.forEach((method) -> tell(method, context.getRuntimeHints()));
		}

		private static void tell(Method method, RuntimeHints hints) {
			hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
			Set<Type> values = new LinkedHashSet<>(Set.of(method.getGenericParameterTypes()));
			values.add(method.getGenericReturnType());
			values.remove(JobContext.class);
			values.remove(JobOutcome.class);
			values.remove(void.class);
			binding.registerReflectionHints(hints.reflection(), values.toArray(Type[]::new));
		}

	}

}
