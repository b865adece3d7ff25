package dev.q.handler;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.q.JobHandler;
import dev.q.job.TypeName;
import dev.q.retry.RetryPolicies;

/**
 * Reads the methods that are marked with {@link JobHandler}.
 *
 * @since 0.1
 */
public final class HandlerScanner {

	private final HandlerAttributes attributes;

	private final Map<TypeName, Integer> concurrency;

	/**
	 * Makes a scanner.
	 * @param policies the retry policies that handlers may name
	 */
	public HandlerScanner(RetryPolicies policies) {
		this(policies, Map.of());
	}

	/**
	 * Makes a scanner of handlers of which others say how many run at once.
	 * @param policies the retry policies that handlers may name
	 * @param concurrency how many attempts run at once, by the type of the handler, in
	 * place of {@link JobHandler#concurrency()}
	 */
	public HandlerScanner(RetryPolicies policies, Map<TypeName, Integer> concurrency) {
		this.attributes = new HandlerAttributes(policies::parse);
		this.concurrency = Map.copyOf(concurrency);
	}

	/**
	 * Reads the handlers of an object.
	 * @param bean the object
	 * @param type its class, or a supertype of it whose methods count
	 * @return its handlers; empty if it has none
	 * @throws InvalidHandlerException if a marked method cannot be a handler
	 */
	public List<HandlerDefinition> scan(Object bean, Class<?> type) {
		return scan(bean, type, UnaryOperator.identity());
	}

	/**
	 * Reads the handlers of an object whose methods are called in another way than they
	 * are declared, such as a proxy. Methods of any visibility count, inherited ones too.
	 * A method that overrides a marked one is marked itself; its own mark goes first.
	 * @param bean the object that methods are called on
	 * @param type the type that declares them
	 * @param invocable gives, for a declared method, the one to call on the object
	 * @return its handlers; empty if it has none
	 * @throws InvalidHandlerException if a marked method cannot be a handler
	 */
	public List<HandlerDefinition> scan(Object bean, Class<?> type, UnaryOperator<Method> invocable) {
		return scan(bean, type, invocable, new ArrayList<>());
	}

	/**
	 * Reads the handlers of an object, and when their jobs come again.
	 * @param bean the object that methods are called on
	 * @param type the type that declares them
	 * @param invocable gives, for a declared method, the one to call on the object
	 * @param recurring takes what is said by {@link dev.q.schedule.Recurring}; not
	 * checked
	 * @return its handlers; empty if it has none
	 * @throws InvalidHandlerException if a marked method cannot be a handler
	 * @see #scan(Object, Class, UnaryOperator)
	 */
	public List<HandlerDefinition> scan(Object bean, Class<?> type, UnaryOperator<Method> invocable,
			Collection<RecurringMark> recurring) {
		List<HandlerDefinition> handlers = new ArrayList<>();
		for (HandlerMethods.Marked marked : HandlerMethods.of(type)) {
			HandlerDefinition handler = define(bean, marked, invocable);
			handlers.add(handler);
			marked.recurring().forEach((each) -> recurring.add(new RecurringMark(handler, each)));
		}
		return handlers;
	}

	private HandlerDefinition define(Object bean, HandlerMethods.Marked marked, UnaryOperator<Method> invocable) {
		HandlerSignature signature = HandlerSignature.of(marked.method());
		String origin = signature.origin();
		TypeName type = this.attributes.type(origin, marked.mark());
		int declared = this.attributes.concurrency(origin, marked.mark());
		return new HandlerDefinition(type, signature.payloadType(), this.attributes.options(origin, marked.mark()),
				this.attributes.retry(origin, marked.mark()),
				MethodInvoker.bind(bean, invocable.apply(marked.method()), signature), marked.mark().transactional(),
				this.concurrency.getOrDefault(type, declared), origin);
	}

}
