package dev.q.codec;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.q.job.Payload;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import tools.jackson.databind.jsontype.impl.DefaultTypeResolverBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class JacksonPayloadCodecTests {

	private static final Type ORDERS = new TypeReference<List<Order>>() {
	}.getType();

	private final JacksonPayloadCodec codec = JacksonPayloadCodec.standard();

	@Test
	void theStandardLimitsGrowWithTheLargestPayload() {
		JacksonPayloadCodec large = JacksonPayloadCodec.standard(3 * 1024 * 1024);
		String text = "x".repeat(2 * 1024 * 1024);

		assertThat(large.decode(large.encode(text), String.class)).isEqualTo(text);
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decode(large.encode(text), String.class));
		assertThatIllegalArgumentException().isThrownBy(() -> JacksonPayloadCodec.standard(0))
			.withMessageContaining("at least 1 byte");
	}

	@Test
	void aValueComesBackAsItWas() {
		Order order = new Order("book", 3);

		Payload payload = this.codec.encode(order);

		assertThat(payload.contentType()).isEqualTo(Payload.JSON);
		assertThat(this.codec.decode(payload, Order.class)).isEqualTo(order);
	}

	@Test
	void aGenericTypeIsReadWithItsArguments() {
		Payload payload = this.codec.encode(List.of(new Order("book", 3)));

		assertThat(this.codec.decode(payload, ORDERS)).isEqualTo(List.of(new Order("book", 3)));
	}

	@Test
	void nullIsTheEmptyPayloadAndBack() {
		assertThat(this.codec.encode(null)).isSameAs(Payload.EMPTY);
		assertThat(this.codec.decode(Payload.EMPTY, Order.class)).isNull();
	}

	@Test
	void anEmptyPayloadIsNoPrimitive() {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decode(Payload.EMPTY, int.class))
			.withMessageContaining("without a payload")
			.withMessageContaining("int");
	}

	@Test
	void bytesAreStoredUnchangedAndReadWhateverTheirType() {
		byte[] bytes = { 0, -1, 127 };

		Payload payload = this.codec.encode(bytes);

		assertThat(payload).isEqualTo(Payload.octets(bytes));
		assertThat(this.codec.decode(payload, byte[].class)).isEqualTo(bytes);
		assertThat(this.codec.decode(Payload.of("image/png", bytes), byte[].class)).isEqualTo(bytes);
		assertThat(this.codec.decode(Payload.EMPTY, byte[].class)).isEqualTo(new byte[0]);
	}

	@Test
	void aPayloadStaysAsItIs() {
		Payload payload = Payload.of("image/png", new byte[] { 1 });

		assertThat(this.codec.encode(payload)).isSameAs(payload);
		assertThat(this.codec.decode(payload, Payload.class)).isSameAs(payload);
	}

	@Test
	void anUnknownContentTypeIsNamedAndNeverGuessed() {
		Payload payload = Payload.of("text/json\nfaked: line", json("{}"));

		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decode(payload, Order.class))
			.withMessageContaining("'text/json?faked: line'")
			.withMessageContaining(Order.class.getTypeName());
	}

	@Test
	void bytesOfAProducerAreNotTakenForJson() {
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decode(Payload.octets(json("{}")), Order.class))
			.withMessageContaining(Payload.OCTETS);
	}

	@Test
	void aValueThatContainsItselfIsRefused() {
		Node node = new Node();
		node.next = node;

		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.encode(node))
			.withMessageContaining(Node.class.getTypeName());
	}

	@Test
	void whatIsTooDeepToBeReadIsNotWritten() {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.encode(nested(101)))
			.withMessageContaining("StreamConstraintsException");
		assertThat(this.codec.decode(this.codec.encode(nested(100)), Object.class)).isEqualTo(nested(100));
	}

	@Test
	void hostileJsonIsRefused() {
		refuses("[".repeat(101) + "]".repeat(101), Object.class);
		refuses("1".repeat(1001), Object.class);
		refuses("\"" + "x".repeat(1024 * 1024 + 1) + "\"", String.class);
		refuses("[" + " ".repeat(1024 * 1024 + 9000) + "]", List.class);
		refuses("", Order.class);
		refuses("{} {}", Object.class);
		refuses("\u0000", Order.class);
	}

	@Test
	void aMapperWithDefaultTypingIsRefused() {
		var anything = BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build();
		JsonMapper activated = JsonMapper.builder().activateDefaultTyping(anything).build();
		JsonMapper set = JsonMapper.builder()
			.setDefaultTyping(
					new DefaultTypeResolverBuilder(anything, DefaultTyping.NON_FINAL, JsonTypeInfo.As.PROPERTY))
			.build();

		assertThatIllegalArgumentException().isThrownBy(() -> new JacksonPayloadCodec(activated))
			.withMessageContaining("default typing");
		assertThatIllegalArgumentException().isThrownBy(() -> new JacksonPayloadCodec(set));
	}

	@Test
	void aClassNameInThePayloadIsRefusedAlsoWhereAnAnnotationAsksForIt() {
		Payload payload = Payload.json(json("{\"@class\":\"%s\"}".formatted(ByClass.One.class.getName())));

		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.decode(payload, ByClass.class))
			.withMessageContaining("class names");
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decode(Payload.json(json("{\"part\":{}}")), HoldsByClass.class))
			.withMessageContaining("class names");
	}

	@Test
	void whatWouldBeWrittenWithAClassNameIsRefusedToo() {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.encode(new ByClass.One()))
			.withMessageContaining("class names");
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.encode(new HoldsByClass(new ByClass.One())));
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.codec.encode(new HoldsAnything("x")));
	}

	@Test
	void subtypesByLogicalNameAreFine() {
		ByName value = new ByName.One("x");

		assertThat(this.codec.decode(this.codec.encode(value), ByName.class)).isEqualTo(value);
	}

	@Test
	void theMapperIsUsedAsTheApplicationMadeIt() {
		JacksonPayloadCodec snake = new JacksonPayloadCodec(
				JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build());

		Payload payload = snake.encode(new Week(List.of()));

		assertThat(new String(payload.toByteArray(), StandardCharsets.UTF_8)).isEqualTo("{\"orders_by_day\":[]}");
	}

	private void refuses(String text, Type type) {
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.codec.decode(Payload.json(json(text)), type))
			.withMessageContaining("cannot be read as " + type.getTypeName());
	}

	private static byte[] json(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static Object nested(int depth) {
		Object value = List.of();
		for (int i = 1; i < depth; i++) {
			value = List.of(value);
		}
		return value;
	}

	record Order(String item, int count) {
	}

	record Week(List<Order> ordersByDay) {
	}

	static class Node {

		@JsonProperty
		Node next = this;

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	interface ByClass {

		record One() implements ByClass {
		}

	}

	record HoldsByClass(ByClass part) {
	}

	record HoldsAnything(@JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS) Object part) {
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	@JsonSubTypes(@JsonSubTypes.Type(value = ByName.One.class, name = "one"))
	interface ByName {

		record One(String text) implements ByName {
		}

	}

}
