package dev.q.boot;

import dev.q.codec.JacksonPayloadCodec;
import dev.q.codec.PayloadCodec;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnMissingBean(PayloadCodec.class)
class PayloadCodecConfiguration {

	/**
	 * Uses the application's own mapper, so that payloads look as the rest of its JSON.
	 */
	@Bean
	JacksonPayloadCodec payloadCodec(ObjectProvider<JsonMapper> mapper) {
		JsonMapper unique = mapper.getIfUnique();
		return (unique != null) ? new JacksonPayloadCodec(unique) : JacksonPayloadCodec.standard();
	}

}
