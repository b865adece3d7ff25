package dev.q.cli.filter;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

import dev.q.job.Names;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads an instant, in UTC or with an offset. A time without either would mean another
 * one on another machine.
 *
 * @since 0.1
 */
public final class InstantText implements ITypeConverter<Instant> {

	@Override
	public Instant convert(String value) {
		try {
			return OffsetDateTime.parse(value).toInstant();
		}
		catch (DateTimeException ex) {
			throw new TypeConversionException(
					"%s is no instant such as 2026-02-03T04:05:06Z or 2026-02-03T05:05:06+01:00"
						.formatted(Names.quoted(value)));
		}
	}

}
