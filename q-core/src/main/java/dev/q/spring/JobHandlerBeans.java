package dev.q.spring;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.q.JobHandler;
import dev.q.handler.HandlerDefinition;
import dev.q.handler.HandlerRegistry;
import dev.q.handler.HandlerScanner;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
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
 * then; no other bean is.
 *
 * @since 0.1
 */
public final class JobHandlerBeans implements SmartInitializingSingleton, Supplier<HandlerRegistry> {

	private final ConfigurableListableBeanFactory beans;

	private final HandlerScanner scanner;

	private volatile @Nullable HandlerRegistry registry;

	/**
	 * Makes a finder.
	 * @param beans where to look
	 * @param scanner reads the methods
	 */
	public JobHandlerBeans(ConfigurableListableBeanFactory beans, HandlerScanner scanner) {
		this.beans = beans;
		this.scanner = scanner;
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
			throw new IllegalStateException("Job handlers are known once all beans have been made. While they are"
					+ " being made, name the type: enqueue(type, payload); or enqueue from an ApplicationRunner");
		}
		return found;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<HandlerDefinition> found = new ArrayList<>();
		for (String name : this.beans.getBeanNamesForType(Object.class)) {
			if (!ScopedProxyUtils.isScopedTarget(name)) {
				found.addAll(handlersOf(name));
			}
		}
		this.registry = HandlerRegistry.of(found);
	}

	private List<HandlerDefinition> handlersOf(String name) {
		Class<?> type = AutoProxyUtils.determineTargetClass(this.beans, name);
		if (type == null || !hasHandlers(type)) {
			return List.of();
		}
		Object bean = this.beans.getBean(name);
		return this.scanner.scan(bean, type, (method) -> AopUtils.selectInvocableMethod(method, bean.getClass()));
	}

	private static boolean hasHandlers(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, JobHandler.class)) {
			return false;
		}
		Map<Method, JobHandler> methods = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<JobHandler>) (method) -> AnnotatedElementUtils
					.findMergedAnnotation(method, JobHandler.class));
		return !methods.isEmpty();
	}

}
