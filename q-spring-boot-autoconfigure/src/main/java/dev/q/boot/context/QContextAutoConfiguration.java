package dev.q.boot.context;

import dev.q.boot.QAutoConfiguration;
import dev.q.boot.QProperties;
import dev.q.context.MdcHeaders;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of what jobs take along: keys of the MDC, where
 * {@code q.context.mdc} names any.
 *
 * @since 0.1
 */
@AutoConfiguration(after = QAutoConfiguration.class)
@Conditional(OnMdcKeysCondition.class)
public final class QContextAutoConfiguration {

	/** Outside of all other interceptors, so that they log with it. */
	@Bean("qMdcHeaders")
	@ConditionalOnMissingBean
	@Order(Ordered.HIGHEST_PRECEDENCE + 500)
	MdcHeaders mdcHeaders(QProperties properties) {
		return new MdcHeaders(properties.context().mdc());
	}

}
