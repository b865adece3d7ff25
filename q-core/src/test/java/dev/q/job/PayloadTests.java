package dev.q.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PayloadTests {

	@Test
	void aPayloadDoesNotChangeWithTheArrayItWasMadeOf() {
		byte[] bytes = { 1, 2, 3 };
		Payload payload = Payload.octets(bytes);

		bytes[0] = 9;
		payload.toByteArray()[1] = 9;

		assertThat(payload.toByteArray()).containsExactly(1, 2, 3);
	}

	@Test
	void payloadsAreEqualIfTheyMeanTheSameBytes() {
		Payload payload = Payload.octets(new byte[] { 1 });

		assertThat(payload).isEqualTo(Payload.octets(new byte[] { 1 }))
			.hasSameHashCodeAs(Payload.octets(new byte[] { 1 }));
		assertThat(payload).isNotEqualTo(Payload.json(new byte[] { 1 }));
		assertThat(payload).isNotEqualTo(Payload.octets(new byte[] { 2 }));
		assertThat(Payload.octets(new byte[0])).isEqualTo(Payload.EMPTY);
	}

	@Test
	void aPayloadCanBeReadAsAStream() throws IOException {
		assertThat(Payload.json("{}".getBytes(StandardCharsets.UTF_8)).newInputStream().readAllBytes()).asString()
			.isEqualTo("{}");
	}

	@Test
	void itsTextSaysTypeAndSizeAndNothingOfTheContent() {
		assertThat(Payload.json("\"secret\"".getBytes(StandardCharsets.UTF_8))).hasToString("application/json[8]");
	}

}
