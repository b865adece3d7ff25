/**
 * Auto-configuration of Q: a store by property, the handlers of all beans, a template to
 * enqueue and an engine that runs while the context runs.
 */
@NullMarked
package dev.q.boot;

import org.jspecify.annotations.NullMarked;
