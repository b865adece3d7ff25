package dev.q.codec;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Refuses types that are told apart by class names in the data, for reading and for
 * writing: what could not be read must not be enqueued. Subtypes with logical names are
 * fine.
 */
final class NoClassNames extends NopAnnotationIntrospector {

	private static final long serialVersionUID = 1L;

	@Override
	public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
		JsonTypeInfo info = annotated.getAnnotation(JsonTypeInfo.class);
		if (info != null && (info.use() == JsonTypeInfo.Id.CLASS || info.use() == JsonTypeInfo.Id.MINIMAL_CLASS)) {
			throw new PayloadException(
					"%s asks for class names in the payload, which Q does not allow. Name its subclasses with @JsonTypeInfo(use = Id.NAME) and @JsonSubTypes"
						.formatted(annotated.getRawType().getTypeName()));
		}
		return super.findPolymorphicTypeInfo(config, annotated);
	}

}
