package dev.q.boot;

import dev.q.JobTemplate;

/**
 * Changes the template before the application gets it: by options for all jobs, or by a
 * template around it. Beans of this type are asked in their order; each is given what the
 * one before it has answered.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface JobTemplateCustomizer {

	/**
	 * Changes a template.
	 * @param template the template so far
	 * @return what the application is to use; never null
	 */
	JobTemplate customize(JobTemplate template);

}
