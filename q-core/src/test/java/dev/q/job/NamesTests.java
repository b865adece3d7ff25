package dev.q.job;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NamesTests {

	@ParameterizedTest
	@ValueSource(strings = { "a", "mail", "Mail-2.eu_west", "0" })
	void aNameMayUseLettersDigitsDotsDashesAndUnderscores(String name) {
		assertThat(new QueueName(name)).hasToString(name);
	}

	@Test
	void aNameMayHave128CharactersAndNotOneMore() {
		assertThat(new TypeName("x".repeat(128)).value()).hasSize(128);
		assertThatIllegalArgumentException().isThrownBy(() -> new TypeName("x".repeat(129)))
			.withMessageContaining("1 to 128")
			.withMessageContaining("129");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "a\u0000", "a{b}", "a\nb", "é", "a/b", "\ud800" })
	void aNameThatBreaksTheRuleIsRefused(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> new QueueName(name));
	}

	@Test
	void theComplaintNamesTheCulpritAndForgesNoLineOfALog() {
		assertThatIllegalArgumentException().isThrownBy(() -> new QueueName("mail\nERROR all is lost\u202e"))
			.withMessage("A queue name may only use letters, digits, '.', '_' and '-' of ASCII,"
					+ " but 'mail\\u000aERROR all is lost\\u202e' has '\\u000a' at position 4");
	}

	@Test
	void namesSortByTheirText() {
		assertThat(new QueueName("a")).isLessThan(new QueueName("b"));
		assertThat(new TypeName("a")).isLessThan(new TypeName("b"));
	}

}
