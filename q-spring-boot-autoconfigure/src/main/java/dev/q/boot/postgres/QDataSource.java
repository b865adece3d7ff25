package dev.q.boot.postgres;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the {@code DataSource} that jobs are kept by, where that is not the application's
 * own. Declare it with {@code @Bean(defaultCandidate = false)}, so that the rest of the
 * application does not see it.
 *
 * <p>
 * A job that is enqueued in a transaction of another {@code DataSource} cannot commit
 * with it: it is stored after that commit.
 *
 * @since 0.1
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Qualifier
public @interface QDataSource {

}
