package dev.q.handler;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.q.JobHandler;
import dev.q.schedule.Recurring;
import org.jspecify.annotations.Nullable;

/**
 * A method with all that it overrides, while a class is being looked through from below.
 */
final class OverriddenMethod {

	private final Method lowest;

	private final List<Method> signatures = new ArrayList<>();

	private @Nullable JobHandler mark;

	private List<Recurring> recurring = List.of();

	OverriddenMethod(Method lowest) {
		this.lowest = lowest;
		this.signatures.add(lowest);
		inherit(lowest);
	}

	/**
	 * What the method is marked with.
	 * @throws InvalidHandlerException if its jobs are to come again, but it has none
	 */
	Optional<HandlerMethods.Marked> marked() {
		if (this.mark == null && !this.recurring.isEmpty()) {
			throw new InvalidHandlerException(this.lowest.toGenericString(),
					"it has @Recurring, but no @JobHandler. Add one, which names the type of its jobs", null);
		}
		return Optional.ofNullable(this.mark).map((it) -> new HandlerMethods.Marked(this.lowest, it, this.recurring));
	}

	/** The lowest marks of each kind count. */
	void inherit(Method upper) {
		this.mark = (this.mark != null) ? this.mark : upper.getAnnotation(JobHandler.class);
		this.recurring = this.recurring.isEmpty() ? List.of(upper.getAnnotationsByType(Recurring.class))
				: this.recurring;
	}

	void addSignature(Method bridge) {
		this.signatures.add(bridge);
	}

	boolean is(Method method) {
		return this.lowest.equals(method) || overrides(method);
	}

	boolean overrides(Method upper) {
		return isInherited(upper) && this.signatures.stream().anyMatch((each) -> isAlike(each, upper));
	}

	boolean isTargetOf(Method bridge) {
		Class<?>[] general = bridge.getParameterTypes();
		Class<?>[] special = this.lowest.getParameterTypes();
		if (this.lowest.getDeclaringClass() != bridge.getDeclaringClass()
				|| !this.lowest.getName().equals(bridge.getName()) || general.length != special.length) {
			return false;
		}
		for (int i = 0; i < general.length; i++) {
			if (!general[i].isAssignableFrom(special[i])) {
				return false;
			}
		}
		return true;
	}

	private boolean isInherited(Method upper) {
		int modifiers = upper.getModifiers();
		if (Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)
				|| Modifier.isStatic(this.lowest.getModifiers()) || Modifier.isPrivate(this.lowest.getModifiers())) {
			return false;
		}
		boolean visible = Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
		return visible || upper.getDeclaringClass().getPackage().equals(this.lowest.getDeclaringClass().getPackage());
	}

	private static boolean isAlike(Method lower, Method upper) {
		return lower.getName().equals(upper.getName())
				&& Arrays.equals(lower.getParameterTypes(), upper.getParameterTypes());
	}

}
