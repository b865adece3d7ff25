package dev.q.cli.store;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTests {

	@ParameterizedTest
	@ValueSource(strings = { "redis://u:pa's3cret@h", "redis://u:pa\"s3cret@h", "redis://u:pa s3cret@h:1/0 is away",
			"redis://u:pa/s3cret@h", "redis://u:p@s3cret@h", "'redis://u:s3cret", "redis://u:s3cre...", "//u:s3cret@h",
			"redis://:s3cret", "rediss://s3cret@h:6379, redis://:s3cret@i", "jdbc:postgresql://h/x?password=s3'cret",
			"jdbc:postgresql://h/x?user=a&PASSWORD=s3cret,x&ssl=true", "jdbc:postgresql://h/x?sslpassword=s3cret" })
	void aLoginIsHidden(String text) {
		assertThat(Secrets.hidden(text)).doesNotContain("s3c", "cret").contains("***");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Redis at redis://host:6379 is away", "such as redis://host:6379/0, rediss://host:6379",
			"jdbc:postgresql://host:5432/database", "redis://localhost:1", "Somebody@host is away", "redis://host/0.",
			"redis://[::1]:6379/0", "redis-sentinel://host:26379/0#master", "(redis://h:6379)",
			"redis://h:6379.\nNext: a@b", "redis://h:6379: refused", "'redis://h:6379'" })
	void anAddressWithoutOneStays(String text) {
		assertThat(Secrets.hidden(text)).isEqualTo(text);
	}

}
