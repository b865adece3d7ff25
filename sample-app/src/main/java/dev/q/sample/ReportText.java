package dev.q.sample;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.q.sample.scan.ScanReport;

/**
 * A report as people read it.
 */
final class ReportText {

	private ReportText() {
	}

	static String of(ScanReport report) {
		Map<String, Number> figures = new LinkedHashMap<>();
		figures.put("files", report.files());
		new TreeMap<>(report.kinds())
			.forEach((kind, count) -> figures.put("  " + kind.name().toLowerCase(Locale.ROOT), count));
		figures.put("bytes", report.bytes());
		figures.put("lines", report.lines());
		figures.put("words", report.words());
		figures.put("unreadable", report.unreadable());
		figures.put("jobs", report.jobs());
		figures.put("  retried", report.retried());
		figures.put("  dead", report.dead());
		figures.put("seconds", report.seconds());
		figures.put("jobs per second", report.jobsPerSecond());
		return figures.entrySet()
			.stream()
			.map((figure) -> line(figure.getKey(), figure.getValue()))
			.collect(Collectors.joining("\n", Terminal.printable(report.root()) + "\n",
					"\nOne job is retried and one is dead on purpose in each scan."));
	}

	private static String line(String name, Number value) {
		String text = (value instanceof Double) ? "%,.1f" : "%,d";
		return String.format(Locale.ROOT, "%-16s" + "%20s", name, String.format(Locale.ROOT, text, value));
	}

}
