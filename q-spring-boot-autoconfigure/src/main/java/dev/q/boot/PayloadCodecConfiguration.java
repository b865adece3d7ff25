package dev.q.boot;

import dev.q.codec.JacksonPayloadCodec;
import dev.q.codec.PayloadCodec;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnMissingBean(PayloadCodec.class)
class PayloadCodecConfiguration {

	/** Payloads of others, who may have another limit, are read up to here anyway. */
	private static final DataSize LEAST_LIMIT = DataSize.ofMegabytes(1);

	/**
	 * Uses the application's own mapper, so that payloads look as the rest of its JSON.
	 */
	@Bean("qPayloadCodec")
	JacksonPayloadCodec payloadCodec(ObjectProvider<JsonMapper> mapper, QProperties properties) {
		JsonMapper unique = mapper.getIfUnique();
		if (unique != null) {
			return new JacksonPayloadCodec(unique);
		}
		long limit = Math.max(properties.maxPayload().toBytes(), LEAST_LIMIT.toBytes());
		return JacksonPayloadCodec.standard(Math.toIntExact(limit));
	}

}
