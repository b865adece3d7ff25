package dev.q.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.q.JobHandler;
import dev.q.handler.HandlerDefinition;
import dev.q.handler.HandlerRegistry;
import dev.q.handler.HandlerScanner;
import dev.q.handler.InvalidHandlerException;
import dev.q.handler.RecurringMark;
import dev.q.schedule.Recurring;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds the {@link JobHandler} methods of all beans, once all singletons are there, so
 * that handlers may inject whatever they like. A lazy bean with such a method is made
 * then; no other bean is. A bean whose class or methods cannot be resolved, because an
 * optional library is absent, has no handlers.
 *
 * @since 0.1
 */
public final class JobHandlerBeans implements SmartInitializingSingleton, Supplier<HandlerRegistry> {

	private static final Logger logger = LoggerFactory.getLogger(JobHandlerBeans.class);

	private final ConfigurableListableBeanFactory beans;

	private final Supplier<HandlerScanner> scanners;

	private volatile @Nullable HandlerRegistry registry;

	private volatile List<RecurringMark> recurring = List.of();

	/**
	 * Makes a finder.
	 * @param beans where to look
	 * @param scanners gives who reads the methods; asked once all singletons are there,
	 * since what it knows of may inject the template, which waits for the handlers
	 */
	public JobHandlerBeans(ConfigurableListableBeanFactory beans, Supplier<HandlerScanner> scanners) {
		this.beans = beans;
		this.scanners = scanners;
	}

	/**
	 * The handlers.
	 * @return all of them
	 * @throws IllegalStateException while beans are still being made
	 */
	@Override
	public HandlerRegistry get() {
		HandlerRegistry found = this.registry;
		if (found == null) {
			throw new IllegalStateException("Job handlers are known, and jobs can be enqueued, once all beans have been"
					+ " made. Enqueue from an ApplicationRunner, or later");
		}
		return found;
	}

	/**
	 * When jobs of the handlers come again.
	 * @return what is said by {@link Recurring}; not checked
	 */
	public List<RecurringMark> recurring() {
		return this.recurring;
	}

	@Override
	public void afterSingletonsInstantiated() {
		HandlerScanner scanner = this.scanners.get();
		List<HandlerDefinition> found = new ArrayList<>();
		List<RecurringMark> marks = new ArrayList<>();
		for (String name : this.beans.getBeanNamesForType(Object.class)) {
			if (!ScopedProxyUtils.isScopedTarget(name)) {
				found.addAll(handlersOf(name, scanner, marks));
			}
		}
		this.recurring = List.copyOf(marks);
		this.registry = HandlerRegistry.of(found);
	}

	private List<HandlerDefinition> handlersOf(String name, HandlerScanner scanner, List<RecurringMark> marks) {
		Class<?> type = targetClassOf(name);
		if (type == null || !hasHandlers(name, type)) {
			return List.of();
		}
		Object bean = this.beans.getBean(name);
		return scanner.scan(bean, type, (method) -> invocable(method, name, bean), marks);
	}

	/**
	 * The method to call on a bean. A proxy that is a subclass cannot pass a final method
	 * on: it would run on the proxy itself, of which no field is set.
	 */
	private static Method invocable(Method method, String name, Object bean) {
		Method invocable = AopUtils.selectInvocableMethod(method, bean.getClass());
		int modifiers = invocable.getModifiers();
		if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(modifiers) && !Modifier.isStatic(modifiers)) {
			throw new InvalidHandlerException("%s.%s".formatted(method.getDeclaringClass().getName(), method.getName()),
					"it is final, and bean \"%s\" is behind a proxy, which cannot pass it on to the bean. Make the method not final (in Kotlin: open), or move it to a bean without a proxy"
						.formatted(name),
					null);
		}
		return invocable;
	}

	/**
	 * The class in the source. A scoped proxy shows that only by its target, which is a
	 * bean of its own.
	 */
	private @Nullable Class<?> targetClassOf(String name) {
		try {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beans, name);
			if (type == null || !ScopedObject.class.isAssignableFrom(type)) {
				return type;
			}
			Class<?> target = AutoProxyUtils.determineTargetClass(this.beans, ScopedProxyUtils.getTargetBeanName(name));
			return (target != null) ? target : type;
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Bean {} is not searched for job handlers: its class cannot be resolved", name, ex);
			return null;
		}
	}

	private static boolean hasHandlers(String name, Class<?> type) {
		try {
			return hasHandlers(type);
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Bean {} is not searched for job handlers: its methods cannot be resolved", name, ex);
			return false;
		}
	}

	private static boolean hasHandlers(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, List.of(JobHandler.class, Recurring.class))) {
			return false;
		}
		Map<Method, Boolean> methods = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<Boolean>) (method) -> isMarked(method) ? true : null);
		return !methods.isEmpty();
	}

	/** Also for a lone {@link Recurring}, which the scanner refuses. */
	private static boolean isMarked(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, JobHandler.class)
				|| AnnotatedElementUtils.hasAnnotation(method, Recurring.class)
				|| AnnotatedElementUtils.hasAnnotation(method, Recurring.Several.class);
	}

}
