package dev.q.cli.look;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.q.job.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PayloadTextTests {

	@Test
	void jsonComesOverSeveralLinesAndStaysWhatItIs() {
		assertThat(json("{\"a\":12345678901234567890.10,\"a\":[],\"b\":\"\u202e\\n\"}")).containsExactly("{",
				"  \"a\" : 12345678901234567890.10,", "  \"a\" : [ ],", "  \"b\" : \"\\u202e\\n\"", "}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\":", "[1", "no json", "\"a\" ]" })
	void whatOnlySaysThatItIsJsonIsShownAsItIs(String text) {
		assertThat(json(text)).containsExactly(text);
	}

	@Test
	void textOfAnotherKindIsShownAsItIs() {
		assertThat(PayloadText.of(Payload.of("text/plain", bytes("{}\nb\u001b[31m")))).containsExactly("{}",
				"b\\u001b[31m");
	}

	@Test
	void nothingIsSaidToBeNothing() {
		assertThat(PayloadText.of(Payload.EMPTY)).containsExactly("(empty)");
	}

	@Test
	void bytesThatAreNoTextAreHexadecimal() {
		byte[] bytes = new byte[33];
		bytes[0] = (byte) 0xff;

		assertThat(PayloadText.of(Payload.octets(bytes))).containsExactly("ff" + " 00".repeat(31), "00");
	}

	@Test
	void whatIsLongIsCutAndThatIsSaid() {
		byte[] bytes = new byte[2000];
		bytes[0] = (byte) 0xff;

		List<String> text = json("\"" + "x".repeat(9_998) + "\ud83d\ude00\"");
		List<String> hex = PayloadText.of(Payload.octets(bytes));

		assertThat(text).containsExactly("\"" + "x".repeat(9_998),
				"(cut after 9999 of 10002 characters; --json shows all)");
		assertThat(hex).hasSize(33).last().isEqualTo("(cut after 1024 of 2000 bytes; --json shows all, in base64)");
	}

	private static List<String> json(String text) {
		return PayloadText.of(Payload.json(bytes(text)));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
