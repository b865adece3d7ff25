package dev.q.handler;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.q.JobHandler;
import dev.q.schedule.Recurring;

/**
 * Finds the marked methods of a type, from the class itself up to its supertypes. Of a
 * method that is overridden only the lowest declaration counts, with the nearest mark: a
 * mark does not get lost because a subclass overrides the method without repeating it.
 */
final class HandlerMethods {

	private final List<OverriddenMethod> found = new ArrayList<>();

	private HandlerMethods() {
	}

	/**
	 * Finds the marked methods.
	 * @param type where to look
	 * @return the methods and their marks, each method once
	 */
	static List<Marked> of(Class<?> type) {
		return all(type).stream().flatMap((each) -> each.marked().stream()).toList();
	}

	/**
	 * Finds what becomes of a method in a type.
	 * @param type where to look
	 * @param method a method of the type, or one that it inherits or overrides
	 * @return its lowest declaration and its mark, or empty if it has none
	 */
	static Optional<Marked> find(Class<?> type, Method method) {
		return all(type).stream().filter((each) -> each.is(method)).findFirst().flatMap(OverriddenMethod::marked);
	}

	private static List<OverriddenMethod> all(Class<?> type) {
		HandlerMethods methods = new HandlerMethods();
		lineage(type).forEach(methods::visit);
		return methods.found;
	}

	/**
	 * A type and what it inherits from, the nearest first, without {@link Object}.
	 * @param type a type
	 * @return its classes, then its interfaces
	 */
	static Set<Class<?>> lineage(Class<?> type) {
		Set<Class<?>> lineage = new LinkedHashSet<>();
		for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
			lineage.add(each);
		}
		List.copyOf(lineage).forEach((each) -> addInterfaces(each, lineage));
		return lineage;
	}

	private static void addInterfaces(Class<?> type, Set<Class<?>> lineage) {
		for (Class<?> each : type.getInterfaces()) {
			lineage.add(each);
			addInterfaces(each, lineage);
		}
	}

	private void visit(Class<?> type) {
		Method[] declared = type.getDeclaredMethods();
		Arrays.sort(declared, Comparator.comparing(Method::toGenericString));
		Stream.of(declared).filter((method) -> !method.isSynthetic()).forEach(this::add);
		Stream.of(declared).filter(Method::isBridge).forEach(this::addBridge);
	}

	private void add(Method method) {
		this.found.stream()
			.filter((each) -> each.overrides(method))
			.findFirst()
			.ifPresentOrElse((each) -> each.inherit(method), () -> this.found.add(new OverriddenMethod(method)));
	}

	/**
	 * A bridge has the signature of the method that it overrides, and calls the one that
	 * is written in the source. Without it, {@code run(Order)} would not be known to
	 * override {@code run(T)}.
	 */
	private void addBridge(Method bridge) {
		List<OverriddenMethod> targets = this.found.stream().filter((each) -> each.isTargetOf(bridge)).toList();
		if (targets.size() == 1) {
			targets.get(0).addSignature(bridge);
		}
	}

	/**
	 * A method that is a handler.
	 *
	 * @param method its lowest declaration
	 * @param mark what is said of it
	 * @param recurring when its jobs come again
	 */
	record Marked(Method method, JobHandler mark, List<Recurring> recurring) {
	}

}
