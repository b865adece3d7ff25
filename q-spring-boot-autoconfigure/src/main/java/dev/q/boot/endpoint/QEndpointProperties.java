package dev.q.boot.endpoint;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the endpoint {@code q}.
 *
 * @param showPayloads whether payloads, results, headers and stack traces are shown
 * @param roles who may see them if they are shown when authorized: users with any of
 * these roles. Without roles, every user who is authenticated
 */
@ConfigurationProperties("management.endpoint.q")
record QEndpointProperties(@DefaultValue("never") Show showPayloads, @DefaultValue Set<String> roles) {
}
