package dev.q.cli.store;

import java.time.Duration;

import dev.q.job.Names;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import org.springframework.boot.convert.DurationStyle;

/**
 * Reads a duration as the configuration does: {@code 10s}, {@code 5m}, {@code PT1H}.
 *
 * @since 0.1
 */
public final class DurationText implements ITypeConverter<Duration> {

	@Override
	public Duration convert(String value) {
		try {
			return DurationStyle.detectAndParse(value);
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw new TypeConversionException(
					"%s is no duration such as 500ms, 10s, 5m, 2h, 7d or PT1H30M".formatted(Names.quoted(value)));
		}
	}

}
