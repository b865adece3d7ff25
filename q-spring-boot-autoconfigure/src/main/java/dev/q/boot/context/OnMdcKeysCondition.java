package dev.q.boot.context;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.OnPropertyListCondition;

/**
 * Whether keys of the MDC are named.
 */
class OnMdcKeysCondition extends OnPropertyListCondition {

	OnMdcKeysCondition() {
		super("q.context.mdc", () -> ConditionMessage.forCondition("Keys of the MDC"));
	}

}
