package dev.q.cli;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What somebody has typed. Some of it may be a password, for an option that there is not.
 *
 * @param all the command and its arguments
 */
record TypedArguments(List<String> all) {

	private static final Pattern TELLING = Pattern.compile("pass|pwd|secret|token|auth|cred");

	private static final Pattern NO_NAME = Pattern.compile("[^A-Za-z0-9_.-].*", Pattern.DOTALL);

	/** Asks for a password and takes none, but may have been meant to. */
	private static final String ASKING = "--ask-password";

	private static final String HIDDEN = "***";

	/** What is wrong with them, without what may be secret. */
	String complaint(ParameterException ex) {
		Set<String> secrets = secrets();
		String said = String.valueOf(ex.getMessage());
		if (ex instanceof UnmatchedArgumentException unmatched) {
			Set<String> unknown = unmatched.getUnmatched()
				.stream()
				.filter((each) -> isOption(each) && !secrets.contains(each))
				.map(TypedArguments::name)
				.collect(Collectors.toCollection(LinkedHashSet::new));
			if (!unknown.isEmpty()) {
				return "Unknown option%s: '%s'".formatted((unknown.size() > 1) ? "s" : "",
						String.join("', '", unknown));
			}
		}
		for (String secret : secrets) {
			said = said.replace("'" + secret + "'", "'" + HIDDEN + "'");
		}
		return said;
	}

	/**
	 * Whether a word is right behind the option that takes none: it may be a password,
	 * and whoever took it for something else would repeat or even store it.
	 * @param commands words that may be there
	 */
	boolean isWordBehindAsking(Set<String> commands) {
		for (int behind = 1; behind < this.all.size(); behind++) {
			String word = this.all.get(behind);
			if (this.all.get(behind - 1).equals(ASKING) && !word.startsWith("-") && !commands.contains(word)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isOption(String argument) {
		return argument.length() > 1 && argument.startsWith("-");
	}

	/** Behind one dash a value may follow at once. */
	private static String name(String option) {
		if (option.startsWith("--")) {
			return NO_NAME.matcher(option).replaceFirst("");
		}
		return (option.length() > 2) ? option.substring(0, 2) + "..." : option;
	}

	/**
	 * Values of options that may take one, and what stands behind those up to the next
	 * option.
	 */
	private Set<String> secrets() {
		Set<String> secrets = new HashSet<>();
		boolean isValue = false;
		boolean mayBeValue = false;
		for (String argument : this.all) {
			if (isValue || (mayBeValue && !isOption(argument))) {
				secrets.add(argument);
				isValue = false;
				continue;
			}
			String[] parts = argument.split("=", 2);
			mayBeValue = isOption(argument) && TELLING.matcher(parts[0].toLowerCase(Locale.ROOT)).find();
			isValue = mayBeValue && parts.length == 1 && !argument.equals(ASKING);
			if (mayBeValue && parts.length > 1) {
				secrets.add(parts[1]);
			}
		}
		return secrets;
	}

}
