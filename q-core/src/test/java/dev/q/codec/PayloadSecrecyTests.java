package dev.q.codec;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.q.job.Payload;
import dev.q.job.QException;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is told of a payload when it cannot be read or written. The secret must not be.
 */
class PayloadSecrecyTests {

	private final JacksonPayloadCodec codec = JacksonPayloadCodec.standard();

	@Test
	void aWrongValueIsToldByTypeAndPlaceButNotQuoted() {
		Payload payload = Payload.json(json("{\"item\":\"book\",\"count\":\"s3cret\"}"));

		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decode(payload, Order.class))
			.withMessageContaining("Order")
			.withMessageContaining("about int")
			.withMessageContaining("$.count")
			.withMessageContaining("line 1")
			.satisfies(PayloadSecrecyTests::tellsNothing);
	}

	@Test
	void brokenJsonIsNotQuoted() {
		Payload payload = Payload.json(json("{\"item\":\"book\", s3cret"));

		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decode(payload, Order.class))
			.satisfies(PayloadSecrecyTests::tellsNothing);
	}

	@Test
	void whatTheConstructorOfAPayloadSaysIsNotQuoted() {
		Payload payload = Payload.json(json("{\"value\":\"s3cret\"}"));

		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decode(payload, Picky.class))
			.satisfies(PayloadSecrecyTests::tellsNothing);
	}

	@Test
	void whatTheConstructorSaysIsNotQuotedEvenIfTheMapperWouldLetItThrough() {
		JacksonPayloadCodec open = new JacksonPayloadCodec(
				JsonMapper.builder().disable(DeserializationFeature.WRAP_EXCEPTIONS).build());
		Payload payload = Payload.json(json("{\"value\":\"s3cret\"}"));

		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> open.decode(payload, Picky.class))
			.satisfies(PayloadSecrecyTests::tellsNothing);
	}

	@Test
	void namesThatComeFromTheDataAreNotQuoted() {
		Type counts = new TypeReference<Map<String, Integer>>() {
		}.getType();
		Payload map = Payload.json(json("{\"s3cret\":\"x\"}"));
		Payload unknown = Payload.json(json("{\"item\":\"a\",\"count\":1,\"s3cret\":\"x\"}"));
		JacksonPayloadCodec strict = new JacksonPayloadCodec(
				JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build());

		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decode(map, counts))
			.withMessageContaining("$.*")
			.satisfies(PayloadSecrecyTests::tellsNothing);
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> strict.decode(unknown, Order.class))
			.withMessageContaining("UnrecognizedProperty")
			.satisfies(PayloadSecrecyTests::tellsNothing);
	}

	@Test
	void aFieldIsNamedAlsoUnderANamingStrategy() {
		JacksonPayloadCodec snake = new JacksonPayloadCodec(
				JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build());
		Payload payload = Payload
			.json(json("{\"orders_by_day\":[{\"item\":\"a\",\"count\":1},{\"count\":\"s3cret\"}]}"));

		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> snake.decode(payload, Week.class))
			.withMessageContaining("$.ordersByDay[1].count")
			.satisfies(PayloadSecrecyTests::tellsNothing);
	}

	@Test
	void whatAGetterSaysIsNotQuoted() {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.encode(new Broken()))
			.withMessageContaining(Broken.class.getTypeName())
			.satisfies(PayloadSecrecyTests::tellsNothing);
	}

	private static void tellsNothing(QException failure) {
		assertThat(failure).hasMessageNotContaining("s3cret").hasNoCause().hasNoSuppressedExceptions();
	}

	private static byte[] json(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	record Order(String item, int count) {
	}

	record Week(List<Order> ordersByDay) {
	}

	record Picky(String value) {

		Picky {
			throw new IllegalArgumentException("I do not like " + value);
		}

	}

	static class Broken {

		@JsonProperty
		String value() {
			throw new IllegalStateException("s3cret");
		}

	}

}
